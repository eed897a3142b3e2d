/** Characters that act or hide, shown by signs: as khplans.text.visible in Python. For pages. */
"use strict";
self.khVisible = (text) =>
  text.replace(
    /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]|\r(?!\n)/gu,
    (sign) => {
      const code = sign.codePointAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "␡" : `⟪U+${code.toString(16).toUpperCase().padStart(4, "0")}⟫`;
    },
  );
