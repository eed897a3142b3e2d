/** One way of comparing names: as khplans.text.fold in Python. */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}_&]+/gu, " ")
    .trim();
}
