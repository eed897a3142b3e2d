/* Where the explorer asks: an engine in a worker, or, opened from a folder, in the page itself. */
"use strict";
(function () {
  const { root, english, script } = self.khPage;
  const scripts = new Map();

  /** A script of the site, once; one that could not be had is asked for again. */
  self.khScript = (path) => {
    if (!scripts.has(path)) {
      scripts.set(path, script(path));
      scripts.get(path).catch(() => scripts.delete(path));
    }
    return scripts.get(path);
  };

  /** Files as scripts: browsers let a page of a folder (file://) read nothing else. */
  const bytes = new Map();
  self.khBytes = (name, text) => bytes.set(name, Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  self.khFolder = async (name) => {
    await self.khScript(`static/folder/${name}.js`);
    return bytes.get(name).buffer;
  };

  function inWorker(config) {
    const worker = new Worker(`${root}static/js/engine.js`);
    const waiting = new Map();
    let asked = 0;
    worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(value);
    };
    worker.onerror = (event) => {
      for (const { reject } of waiting.values()) reject(new Error(event.message || "worker"));
      waiting.clear();
    };
    const post = (message) =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        worker.postMessage({ id: asked, ...message });
      });
    post({ config }).catch(() => {});
    return (method, argument) => post({ method, argument });
  }

  async function inPage(config) {
    await self.khScript("static/js/engine.js");
    const engine = self.khEngine(config, (name, { size }) => ({
      byteLength: size,
      slice: async (start, end) => (await self.khFolder(name)).slice(start, end),
    }));
    return async (method, argument) => engine[method](argument);
  }

  /** Asks the engine of a table; it begins with the first question. */
  self.khSource = ({ table, key, filters, fullest, through, province, sheet, columns, files, misread }) => {
    let engine;
    const begin = async () => {
      const places = Object.entries(files).map(([name, place]) => {
        return [name, { ...place, url: new URL(place.url, location.href).href }];
      });
      const config = {
        table,
        key,
        filters,
        fullest,
        through,
        province,
        sheet,
        misread,
        columns: columns.map(({ name, type = "string" }) => ({ name, type })),
        files: Object.fromEntries(places),
        english,
      };
      return location.protocol === "file:" ? inPage(config) : inWorker(config);
    };
    return async (method, argument) => (await (engine ??= begin()))(method, argument);
  };
})();
