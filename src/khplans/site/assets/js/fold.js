/** One way of comparing names: as khplans.text.fold in Python. For pages and for workers. */
"use strict";
self.khFold = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}_&]+/gu, " ")
    .trim();

/** A name as a part of an address or of a file's name: as khplans.text.fold.slug in Python. */
self.khSlug = (text) => (self.khFold(text).match(/[a-z0-9]+/g) ?? []).join("-");
