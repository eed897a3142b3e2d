/* The search: the words of a query, the parts of the index that can have them, and the best of those entries.
   site/search/index.py writes the index and says what stands in it. */
"use strict";
self.khSearch = (function () {
  const fold = self.khFold;
  const COLUMNS = ["kind", "page", "place", "lines", "title", "text", "also", "about", "province", "titleEn", "textEn", "aboutEn"];
  /** Words that ask or join rather than name: an answer need not have them. */
  const JOINING = new Set(
    "ai cac co cua duoc gi khi la nam nao ngay nhung o phai sao trong va ve voi a about and are by do does for how in is must of on the to what when which who".split(" "),
  );
  const MOST_WORDS = 24;
  /** Lists of runs that are read for the words of a query, and as many for its pairs. */
  const MOST_LISTS = 6;
  /** From so many words on, runs are chosen by pairs alone. */
  const FEW = 4;
  /** Runs that are read for a query, and more where more is to be shown. */
  const runsFor = (limit) => 6 + limit / 3;
  const given = new Map();
  const parts = new Map();

  /** A part of the index, read once; one that could not be read is asked for again. */
  function part(name, read = (value) => value) {
    if (!parts.has(name)) {
      const wanted = self.khPage.script(`static/search/${name}.js`).then(() => read(given.get(name)));
      parts.set(name, wanted);
      wanted.catch(() => parts.delete(name)).finally(() => given.delete(name));
    }
    return parts.get(name);
  }

  /** What each part calls with what it holds. */
  const put = (name, value) => given.set(name, value);

  const core = () => part("core");
  const shard = (name) => part(name, (text) => new Map(text.split(";").map((line) => line.split("="))));
  const run = (number) => part(`entries-${number}`, entries);

  /** Rows as entries: 0, or nothing at a row's end, stands for the value of the row before. */
  function entries(rows) {
    let before = [];
    return rows.map((row) => {
      before = COLUMNS.map((_, i) => row[i] || (row[i] === "" ? "" : before[i]));
      return Object.fromEntries(COLUMNS.map((name, i) => [name, before[i]]));
    });
  }

  const plain = (word) => word.replace(/^0+(?=\p{Nd})/u, "");

  /** The words of a text, as khplans.site.search.index.words_of in Python. */
  const wordsOf = (text) => (fold(text).match(/\p{Nd}+|[^\p{Nd}\s]+/gu) || []).map(plain);

  /** The same with where each stands in the text. */
  function* wordsWithin(text) {
    for (const match of text.matchAll(/\p{Nd}+|[\p{L}\p{N}\p{M}_&]+?(?=\p{Nd}|[^\p{L}\p{N}\p{M}_&]|$)/gu)) {
      yield { word: plain(fold(match[0])), start: match.index, end: match.index + match[0].length };
    }
  }

  /** The words of a query that are searched for. */
  const termsOf = (query) => wordsOf(query).slice(0, MOST_WORDS);

  /** Numbers of runs, which are written as gaps in base 26; the last digit of each is a small letter. */
  function decoded(codes) {
    const found = [];
    let last = -1;
    let gap = 0;
    for (const digit of codes) {
      const small = digit >= "a";
      gap = gap * 26 + digit.charCodeAt(0) - (small ? 97 : 65);
      if (!small) continue;
      last += gap + 1;
      found.push(last);
      gap = 0;
    }
    return found;
  }

  /** The runs that have a term, or one that begins with it. */
  async function runsWith(family, term, prefix = false) {
    const borders = (await core())[family];
    const last = prefix ? `${term}\uffff` : term;
    const wanted = borders.flatMap((border, i) => (border <= last && !(borders[i + 1] <= term) ? [i] : []));
    const found = new Set();
    for (const terms of await Promise.all(wanted.slice(0, 3).map((i) => shard(`${family}-${i}`)))) {
      const words = prefix ? [...terms.keys()].filter((word) => word.startsWith(term)) : [term];
      for (const word of words) for (const number of decoded(terms.get(word) || "")) found.add(number);
    }
    return found;
  }

  const best = (found) => Math.max(0, ...found.hits.map((hit) => hit.value));
  /** Whether a hit has all words as they stand in the query. */
  const asTyped = (hit) => hit.near === 1;
  const inAll = (sets) => [...sets.reduce((a, b) => (a.size <= b.size ? a : b))].filter((n) => sets.every((set) => set.has(n)));
  const ascending = (a, b) => a - b;

  /** A text's words with a space before and after each; kept, since entries have much in common. */
  const kept = new Map([["", " "]]);
  function spaced(text) {
    let words = kept.get(text);
    if (words === undefined) kept.set(text, (words = ` ${wordsOf(text).join(" ")} `));
    return words;
  }

  /** What an entry is compared by, made once. */
  function keysOf(entry) {
    if (entry.keys) return entry.keys;
    const [title, titleEn, about, aboutEn] = [entry.title, entry.titleEn, entry.about, entry.aboutEn].map(spaced);
    const also = entry.also.split("|").map(spaced);
    const followed = (one, two) => one + two.slice(1);
    entry.keys = {
      titles: [followed(title, about), followed(titleEn.trim() ? titleEn : title, aboutEn), ...also.map((name) => followed(name, about))],
      names: [title, titleEn],
      also,
      texts: [entry.text, entry.textEn].map(spaced),
    };
    return entry.keys;
  }

  const isWhole = (text, phrase) => text === `${phrase} `;
  const begins = (text, phrase) => text.startsWith(phrase);
  const hasWhole = (text, phrase) => text.includes(`${phrase} `);
  const hasBegun = (text, phrase) => text.includes(phrase);
  /** What a phrase counts for where some of an entry's fields have it so; the first that holds. The examples answer
      "so y te" where no other is named. */
  const PHRASES = [
    [30, ["names"], isWhole], // Sở Y tế
    [24, ["also", "titles"], isWhole], // SYT, of "syt"; Sở Y tế Khánh Hòa, of "so y te khanh hoa"
    [14, ["names"], begins], // Sở Y tế Khánh Hòa
    [11, ["names", "also"], hasWhole], // Giám đốc Sở Y tế
    [10, ["names", "also"], hasBegun], // Giám đốc Sở Y tế, of "so y t"
    [7, ["titles", "texts"], hasBegun], // a task that Sở Y tế leads
  ];

  /** How much a phrase counts for standing in an entry. */
  function phraseWorth(keys, phrase) {
    const holds = ([, fields, has]) => fields.some((field) => keys[field].some((text) => has(text, phrase)));
    return PHRASES.find(holds)?.[0] ?? 0;
  }

  /** How much of a phrase an entry has in pieces of two words, in either order. */
  function nearness(keys, terms) {
    const texts = [...keys.titles, ...keys.also, ...keys.texts];
    let near = 0;
    for (let i = 1; i < terms.length; i++) {
      const [one, two] = [terms[i - 1], terms[i]];
      if (texts.some((text) => text.includes(` ${one} ${two}`))) near += 1;
      else if (texts.some((text) => text.includes(` ${two} ${one} `))) near += 0.7;
    }
    return terms.length > 1 ? near / (terms.length - 1) : 0;
  }

  /** What a word counts for in the first field that has it, and how much of that where it is only the beginning of one. */
  const FIELDS = [["names", 3], ["also", 2], ["texts", 1], ["titles", 0.6]];
  const BEGUN = 0.6;

  /** How well one word stands in an entry: 3 in its title … 0 nowhere. */
  function wordWorth(keys, term, prefix) {
    const first = (has) => FIELDS.find(([field]) => keys[field].some((text) => has(text, ` ${term}`)))?.[1] ?? 0;
    return first(hasWhole) || (prefix ? first(hasBegun) * BEGUN : 0);
  }

  /** An entry's score and how near each other its words stand (0–1); null where it has less than `least` of what
      the words weigh. */
  function score(entry, { terms, open, weights }, least, boost) {
    const keys = keysOf(entry);
    let [has, all, worth] = [0, 0, 0];
    terms.forEach((term, i) => {
      const weight = weights.get(term);
      const found = wordWorth(keys, term, open && i === terms.length - 1);
      all += weight;
      has += found && weight;
      worth += weight * found;
    });
    if (!has || has < least * all) return null;
    const phrase = phraseWorth(keys, ` ${terms.join(" ")}`);
    const near = phrase ? 1 : nearness(keys, terms);
    return { near, value: (phrase || (worth / all) * (has / all) * (1 + near)) * (1 + boost / 40) };
  }

  /** The entries of runs that answer, run by run until there are enough or the query may read no more. */
  async function scan(runs, wanted, filters, least = 1) {
    const { kinds } = await core();
    const hits = [];
    const may = runs.filter((number) => filters.read.has(number) || filters.read.size < runsFor(filters.limit) && filters.read.add(number));
    let next = 0;
    while (next < may.length && hits.length < filters.limit * 1.5) {
      const batch = await Promise.all(may.slice(next, next + 3).map(run));
      next += batch.length;
      for (const entry of batch.flat()) {
        if (filters.kind && entry.kind !== filters.kind) continue;
        if (filters.province && entry.province !== filters.province) continue;
        const found = score(entry, wanted, least, kinds[entry.kind][2]);
        if (found) hits.push({ entry, ...found });
      }
    }
    for (const number of may.slice(next)) filters.read.delete(number);
    return { hits, more: next < runs.length };
  }

  /** The sets of runs that filters leave. */
  function filtered({ kind, province }) {
    const terms = [kind && `#${kind}`, province && `@${wordsOf(province).join("-")}`];
    return Promise.all(terms.filter(Boolean).map((term) => runsWith("words", term)));
  }

  /** Every word weighs as much as another, but those that join nothing where others are there. */
  function equalWeights(terms) {
    const naming = terms.filter((term) => !JOINING.has(term));
    return new Map(terms.map((term) => [term, !naming.length || naming.includes(term) ? 1 : 0]));
  }

  /** The runs that have two words that follow each other in a query, for each two. */
  const pairsOf = ({ terms, open }) =>
    Promise.all(
      terms.slice(1, MOST_LISTS + 1).map((term, i) => runsWith("pairs", `${terms[i]} ${term}`, open && i + 2 === terms.length)),
    );

  /** The runs that have a word, for each word of a query. */
  const listsOf = ({ terms, open }) =>
    Promise.all(terms.slice(0, MOST_LISTS).map((term, i) => runsWith("words", term, open && i + 1 === terms.length)));

  /** Runs that are in some of the lists, those in most of them first. */
  function inMost(lists, left, least = 1) {
    const count = new Map();
    for (const list of lists) for (const number of list) count.set(number, (count.get(number) || 0) + 1);
    const found = [...count.keys()].filter((number) => count.get(number) >= least && left.every((set) => set.has(number)));
    return found.sort((a, b) => count.get(b) - count.get(a) || a - b);
  }

  /** Entries with all words: those near each other first, then, where those are few, wherever they stand. */
  async function withAll(query, filters) {
    const wanted = { ...query, weights: equalWeights(query.terms) };
    const { terms, open, weights } = wanted;
    const left = await filtered(filters);
    const pairs = await pairsOf(wanted);
    const near = pairs.length ? inAll([...pairs, ...left]).sort(ascending) : [];
    const found = await scan(near, wanted, filters);
    const asked = found.hits.some(asTyped);
    if (found.hits.length >= filters.limit || (asked && terms.length < 3)) return found;
    let rest = inMost(pairs, left, asked ? pairs.length / 2 : 1);
    if (terms.length < FEW) {
      const last = terms.at(-1);
      const naming = terms.filter((term) => weights.get(term));
      const lists = await listsOf({ terms: naming, open: open && naming.at(-1) === last });
      const all = new Set(inAll([...lists, ...left]));
      rest = [...new Set([...rest, ...[...all].sort(ascending)])].filter((number) => all.has(number));
    }
    const seen = new Set(near);
    const others = await scan(rest.filter((number) => !seen.has(number)), wanted, filters);
    return { hits: [...found.hits, ...others.hits], more: found.more || others.more };
  }

  /** Entries with most of the words that any entry has. */
  async function withMost(query, filters) {
    const unknown = await unknownOf(query);
    const terms = query.terms.filter((_, i) => !unknown.includes(i));
    if (!terms.length) return { hits: [], more: false };
    const wanted = { terms, open: query.open, weights: equalWeights(terms) };
    const left = await filtered(filters);
    const pairs = terms.length < FEW ? [] : inMost(await pairsOf(wanted), left);
    return scan(pairs.length ? pairs : inMost(await listsOf(wanted), left), wanted, filters, 0.6);
  }

  const vocabulary = () => part("vocabulary", (text) => new Set(text.split(" ")));

  /** The places of a query's words that no entry has. */
  async function unknownOf({ terms, open }) {
    const known = await vocabulary();
    const has = await Promise.all(
      terms.map(async (term, i) => known.has(term) || (await runsWith("words", term, open && i + 1 === terms.length)).size),
    );
    return terms.map((_, i) => i).filter((i) => !has[i]);
  }

  /** Whether two words differ by one letter: one more, one less, another, or two changed about. */
  function oneLetterOff(one, two) {
    const [short, long] = one.length <= two.length ? [one, two] : [two, one];
    if (long.length - short.length > 1 || one === two) return false;
    let i = 0;
    while (i < short.length && short[i] === long[i]) i++;
    if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
    if (short.slice(i + 1) === long.slice(i + 1)) return true;
    return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
  }

  /** Words, or two in place of one, that a mistyped word may stand for, the commonest first. */
  function candidates(known, term) {
    if (/\p{Nd}/u.test(term)) return [];
    const split = [...term].map((_, i) => [term.slice(0, i), term.slice(i)]).filter((two) => two.every((w) => known.has(w)));
    return [...split, ...[...known].filter((word) => oneLetterOff(word, term)).map((word) => [word])];
  }

  /** The kinds that have a number of their own. */
  const NUMBERED = ["plan", "instrument"];

  /** Numbers that a mistyped one may stand for, the nearest first: one digit another, more or less, two changed about. */
  function nearNumbers(number) {
    const found = new Set();
    for (let i = 0; i <= number.length; i++) {
      const [before, after] = [number.slice(0, i), number.slice(i)];
      for (const digit of "0123456789") found.add(before + digit + after).add(before + digit + after.slice(1));
      found.add(before + after.slice(1)).add(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2));
    }
    const far = (other) => Math.abs(other.length - number.length) * 1e9 + Math.abs(other - number);
    const others = [...new Set([...found].map(plain))].filter((other) => other && other !== number);
    return others.sort((a, b) => far(a) - far(b));
  }

  /** A number at a place of a query with the word beside it, as titles may have them. */
  function numbered(terms, place) {
    const [before, number, after] = [terms[place - 1], terms[place], terms[place + 1]];
    return after ? [`${number} ${after}`] : [`${before} ${number}`, `${number} ${before}`];
  }

  /** The documents whose titles have the number at a place of a query. */
  async function documentsWith({ terms, open }, place, filters) {
    const begun = open && place + 2 === terms.length;
    const phrases = numbered(terms, place);
    const runs = inMost(await Promise.all(phrases.map((phrase) => runsWith("pairs", phrase, begun))), []);
    if (!runs.length) return [];
    const { hits } = await scan(runs.sort(ascending), { terms, open, weights: equalWeights(terms) }, { ...filters, read: new Set() });
    const named = ({ entry }) => phrases.some((phrase) => keysOf(entry).titles.some((title) => title.includes(` ${phrase}${begun ? "" : " "}`)));
    return hits.filter((hit) => NUMBERED.includes(hit.entry.kind) && named(hit));
  }

  /** Documents whose number is a digit off one of a query that stands nowhere beside the word that it stands beside
      there, and the query's other words; null where there are none. */
  async function nearlyNumbered({ terms, open }, filters) {
    if (terms.length < 2 || terms.length > MOST_LISTS) return null;
    for (const place of terms.keys()) {
      if (!/^\p{Nd}{2,}$/u.test(terms[place])) continue;
      const known = numbered(terms, place).map((phrase) => runsWith("pairs", phrase, open && place + 2 === terms.length));
      if ((await Promise.all(known)).some((runs) => runs.size)) continue;
      const hits = [];
      for (const number of nearNumbers(terms[place])) {
        hits.push(...(await documentsWith({ terms: terms.with(place, number), open }, place, filters)));
        if (hits.length >= filters.limit) break;
      }
      if (hits.length) return { hits, terms: terms.toSpliced(place, 1) };
    }
    return null;
  }

  /** How many runs have words next to each other. */
  async function together(words) {
    const sizes = await Promise.all(words.slice(1).map((word, i) => runsWith("pairs", `${words[i]} ${word}`)));
    return sizes.reduce((sum, runs) => (runs.size ? sum + runs.size : sum - 1000), 0);
  }

  /** The query with one word put right, where its neighbours speak for that; null where nothing does. */
  async function putRight(terms, place) {
    let best = null;
    // What may follow a word stands in one stretch of the index; what may stand before one, all over it.
    for (const words of candidates(await vocabulary(), terms[place]).slice(0, place ? 30 : 10)) {
      const around = [...terms.slice(Math.max(0, place - 1), place), ...words, ...terms.slice(place + 1, place + 2)];
      const count = await together(around);
      if (!best || count > best.count) best = { count, terms: terms.toSpliced(place, 1, ...words) };
    }
    return best;
  }

  /** A query that nothing has as it stands, with its mistyped words put right; null where none can be. */
  async function corrected({ terms, open }) {
    let unknown = await unknownOf({ terms, open });
    if (!unknown.length) {
      if (terms.length >= FEW) return null;
      const tries = await Promise.all(terms.map((_, i) => putRight(terms, i)));
      return tries.filter((one) => one?.count > 0).sort((a, b) => b.count - a.count)[0]?.terms;
    }
    let words = terms;
    for (let tries = 0; unknown.length && tries < FEW; tries++) {
      const right = await putRight(words, unknown[0]);
      if (!right) return null;
      words = right.terms;
      unknown = await unknownOf({ terms: words, open: false });
    }
    return words;
  }

  /** The best entries for a query. `terms` are the words that they were found by, `instead` says that those are
      not the words that were typed, `near` that documents with numbers like the one asked for stand first,
      `partly` that no entry has all words. */
  async function find(query, { limit = 8, kind = "", province = "" } = {}) {
    const terms = termsOf(query);
    if (terms.join("").length < 2) return { hits: [], more: false, terms: [] };
    const filters = { limit, kind, province, read: new Set() };
    let wanted = { terms, open: !/\s$/.test(query) };
    let found = await withAll(wanted, filters);
    let note = {};
    if (!found.hits.some(asTyped)) {
      const right = await corrected(wanted);
      const instead = right && (await withAll({ terms: right, open: false }, { ...filters, read: new Set() }));
      if (instead && best(instead) > 10 * best(found)) {
        found = instead;
        [wanted, note] = [{ terms: right }, { instead: true }];
      }
    }
    const close = found.hits.filter((hit) => hit.near >= 0.5);
    const near = !found.hits.some(asTyped) && (await nearlyNumbered(wanted, filters));
    if (near) return { near: true, more: false, hits: near.hits.slice(0, limit).map((hit) => hit.entry), terms: near.terms };
    if (found.hits.some(asTyped)) found.hits = close;
    else if (!found.hits.length || (found.hits.length < limit && terms.length > 3)) {
      const most = await withMost(wanted, filters);
      note = found.hits.length ? note : { partly: true };
      found = { hits: [...new Map([...most.hits, ...found.hits].map((hit) => [hit.entry, hit])).values()], more: most.more };
    }
    found.hits.sort((a, b) => b.value - a.value);
    return { ...note, more: found.more || found.hits.length > limit, hits: found.hits.slice(0, limit).map((hit) => hit.entry), terms: wanted.terms };
  }

  /** Which of a text's words matched: whole phrases where they stand there, else each word. */
  function matching(words, terms) {
    const begun = (word, i) => i === terms.length - 1 && terms[i].length > 1 && word.startsWith(terms[i]);
    const near = (word, i) => word === terms[i] || begun(word, i);
    const alone = terms.length < 2 ? near : (word, i) => word === terms[i];
    const found = new Set();
    for (let i = 0; i + terms.length <= words.length; i++) {
      if (terms.every((_, k) => near(words[i + k], k))) terms.forEach((_, k) => found.add(i + k));
    }
    if (!found.size) words.forEach((word, i) => terms.some((_, k) => alone(word, k)) && found.add(i));
    return found;
  }

  return { put, core, find, wordsOf, termsOf, wordsWithin, matching };
})();
