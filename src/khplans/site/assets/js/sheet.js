/* Rows as CSV that Excel opens with its accents, and as XLSX (a zip without compression), as the releases
   have them. In both every character is seen and no text runs as a formula, as in khplans.releases.excel_csv. */
self.khSheet = (function () {
  "use strict";
  const RUNS = /^('|[\t\r\n]|\s*[=+\-@＝＋－＠])/u;
  const COUNTS = /^\s*(?:0\d+|\d[\d\s]*[.\/:,\-–eE%][\d\s.\/:,\-–%eE]*|tháng [\d\/ ]+)$/iu;
  const GUARD = "\u2007";
  /** How Excel reads CSV by the language of its user. */
  const EDITIONS = { vi: { separator: ";", decimal: "," }, en: { separator: ",", decimal: "." } };
  const isNumber = (value) => typeof value === "number" || typeof value === "bigint";

  /** A text that no spreadsheet runs, or takes for a number or a date. */
  function harmless(text) {
    if (RUNS.test(text)) return `'${text}`;
    return COUNTS.test(text) ? text + GUARD : text;
  }

  /** `columns` have a `title` and, where they hold no texts, a `type`. */
  function toCsv(columns, rows, language) {
    const { separator, decimal } = EDITIONS[language];
    const plain = (value, column) => {
      if (value == null) return "";
      if (isNumber(value)) return String(value).replace(".", decimal);
      return column.type === "date" ? value : harmless(self.khVisible(String(value)));
    };
    const quoted = (text) => (/["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text);
    const line = (cells) => cells.map(quoted).join(separator);
    const head = line(columns.map(({ title }) => harmless(title)));
    const lines = rows.map((row) => line(row.map((value, i) => plain(value, columns[i]))));
    return "\ufeff" + [head, ...lines].join("\r\n") + "\r\n";
  }

  const MAX_ROWS = 1048575;
  const MAX_CELL = 32767;
  const MAX_LINKS = 65000;
  const STYLE = { text: 0, header: 1, date: 2, number: 3, link: 4 };
  const escape = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

  /** The letters of a column, from 0. */
  const letters = (i) => (i < 26 ? "" : letters(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));

  function textCell(text, style) {
    const shown = self.khVisible(text);
    const cut = shown.length > MAX_CELL ? `${shown.slice(0, MAX_CELL - 1)}…` : shown;
    return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(cut)}</t></is></c>`;
  }

  /** The rows on a sheet whose header stays, with filters and links; and a sheet that says what they are. */
  function toXlsx(columns, rows, about) {
    if (rows.length > MAX_ROWS) throw new Error("XLSX: too many rows");
    const { say } = self.khPage;
    const links = [];
    const cell = (value, i, line) => {
      if (value == null || value === "") return "<c/>";
      const { type } = columns[i];
      if (isNumber(value)) return `<c s="${STYLE.number}"><v>${value}</v></c>`;
      if (type === "date" && value >= "1900-03-01") {
        return `<c s="${STYLE.date}"><v>${Date.parse(`${value}T00:00:00Z`) / 86400000 + 25569}</v></c>`;
      }
      if (type === "link" && links.length < MAX_LINKS) {
        links.push([`${letters(i)}${line}`, value]);
        return textCell(say("open"), STYLE.link);
      }
      return textCell(String(value), STYLE.text);
    };
    const head = `<row>${columns.map(({ title }) => textCell(title, STYLE.header)).join("")}</row>`;
    const lines = rows.map((row, at) => `<row>${row.map((value, i) => cell(value, i, at + 2)).join("")}</row>`);
    const range = (from) => `$A$${from}:$${letters(columns.length - 1)}$${rows.length + 1}`;
    const all = range(1).replaceAll("$", "");
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const packaged = "http://schemas.openxmlformats.org/package/2006/relationships";
    const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const names = [say("Data"), say("About")];
    const widths = (found) => `<cols>${found.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join("")}</cols>`;
    const font = (more) => `<font>${more}<sz val="11"/><name val="Calibri"/></font>`;
    const look = (of, more = "") => `<xf xfId="0" ${of} applyAlignment="1"><alignment vertical="top"${more}/></xf>`;
    const wrap = ' wrapText="1"';
    const parts = {
      "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>${[1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${kind}.worksheet+xml"/>`).join("")}<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
      "_rels/.rels": `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join("")}</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'${names[0]}'!${range(1)}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'${names[0]}'!$1:$1</definedName></definedNames></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}">${[1, 2].map((n) => `<Relationship Id="r${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="r3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="3">${font("")}${font('<b/><color rgb="FFFFFFFF"/>')}${font('<u/><color rgb="FF0563C1"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF0B5345"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">${look("", wrap)}${look('fontId="1" fillId="2" applyFont="1" applyFill="1"', wrap)}${look('numFmtId="164" applyNumberFormat="1"', ' horizontal="left"')}${look("")}${look('fontId="2" applyFont="1"')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
      "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}" xmlns:r="${office}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths(columns.map(({ width }) => width))}<sheetData>${head}${lines.join("")}</sheetData><autoFilter ref="${all}"/>${links.length ? `<hyperlinks>${links.map(([ref], i) => `<hyperlink ref="${ref}" r:id="r${i + 1}"/>`).join("")}</hyperlinks>` : ""}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`,
      "xl/worksheets/_rels/sheet1.xml.rels": `<Relationships xmlns="${packaged}">${links.map(([, address], i) => `<Relationship Id="r${i + 1}" Type="${office}/hyperlink" Target="${escape(self.khVisible(address))}" TargetMode="External"/>`).join("")}</Relationships>`,
      "xl/worksheets/sheet2.xml": `<worksheet xmlns="${main}">${widths([24, 90])}<sheetData>${about.map((line) => `<row>${line.map((text) => textCell(text, STYLE.text)).join("")}</row>`).join("")}</sheetData></worksheet>`,
    };
    const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    return zip(Object.entries(parts).map(([path, text]) => [path, new TextEncoder().encode(declaration + text)]));
  }

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });

  function crc32(bytes) {
    let c = 0xffffffff;
    for (const byte of bytes) c = CRC[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  }

  function zip(files) {
    const chunks = [];
    const directory = [];
    let offset = 0;
    for (const [path, bytes] of files) {
      const name = new TextEncoder().encode(path);
      const common = [2048, 0, 0x21, crc32(bytes), bytes.length, bytes.length, name.length, 0];
      const header = record([[4, 0x04034b50], [2, 20], ...fields(common)], name);
      directory.push(
        record([[4, 0x02014b50], [2, 20], [2, 20], ...fields(common), [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], name),
      );
      chunks.push(header, bytes);
      offset += header.length + bytes.length;
    }
    const size = directory.reduce((sum, part) => sum + part.length, 0);
    const end = record(
      [[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]],
      new Uint8Array(),
    );
    return new Blob([...chunks, ...directory, end], {
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    });
  }

  /** Flags, method, time and date, CRC, sizes, lengths of name and extra field. */
  function fields([flags, method, date, crc, packed, size, name, extra]) {
    return [[2, flags], [2, method], [2, 0], [2, date], [4, crc], [4, packed], [4, size], [2, name], [2, extra]];
  }

  function record(parts, tail) {
    const bytes = new Uint8Array(parts.reduce((sum, [size]) => sum + size, 0) + tail.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const [size, value] of parts) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    bytes.set(tail, at);
    return bytes;
  }

  function save(content, name, type = "text/csv;charset=utf-8") {
    const blob = content instanceof Blob ? content : new Blob([content], { type });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  return { toCsv, toXlsx, save };
})();
