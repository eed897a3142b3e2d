/* Rows as CSV that Excel opens with its accents, and as XLSX (a zip without compression). In both every
   character is seen and no text runs as a formula, as in khplans.releases.excel_csv. */
"use strict";
self.khSheet = (function () {
  const RUNS = /^('|[\t\r\n]|\s*[=+\-@＝＋－＠])/u;

  /** A text that no spreadsheet runs. */
  function harmless(text) {
    return RUNS.test(text) ? `'${text}` : text;
  }

  function toCsv(head, rows) {
    const cell = (value) => {
      const text = typeof value === "string" ? harmless(self.khVisible(value)) : String(value ?? "");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  function toXlsx(head, rows, types, name) {
    const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const cell = (value, i, header) => {
      if (value == null || value === "") return "<c/>";
      if (!header && types[i] === "date") {
        const days = Date.parse(`${value}T00:00:00Z`) / 86400000 + 25569;
        if (Number.isFinite(days)) return `<c s="2"><v>${days}</v></c>`;
      }
      if (!header && (types[i] === "number" || types[i] === "integer")) return `<c><v>${value}</v></c>`;
      const text = self.khVisible(String(value)).slice(0, 32767);
      return `<c t="inlineStr"${header ? ' s="1"' : ""}><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
    };
    const line = (row, header) => `<row>${row.map((value, i) => cell(value, i, header)).join("")}</row>`;
    const widths = head.map((_, i) => Math.min(80, Math.max(10, ...rows.slice(0, 50).map((r) => String(r[i] ?? "").length))));
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const parts = {
      "[Content_Types].xml":
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
      "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escape(name).slice(0, 31)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
      "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join("")}</cols><sheetData>${line(head, true)}${rows.map((row) => line(row, false)).join("")}</sheetData></worksheet>`,
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
