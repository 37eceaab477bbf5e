/** Text measured and cut by terminal columns, and made harmless: names in a snapshot may hold anything. */

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const ZERO_WIDTH = /\p{Mark}|[\u200b-\u200f\u2060\ufeff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;

/** One line of text without control characters, so that a name can neither break a table nor steer a terminal. */
export function cleanText(text: string): string {
  return text.replace(CONTROL, ' ').trim();
}

/** Columns a text without colour codes takes in a terminal. */
export function measureText(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** Cuts the end: `{id, token, us…`. */
export function cutEnd(text: string, width: number): string {
  if (measureText(text) <= width) return text;
  let taken = '';
  let used = 1; // the ellipsis
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    taken += character;
  }
  return width < 1 ? '' : `${taken.trimEnd()}…`;
}

/** Cuts the start of a path, at a separator where one is near: `…/src/store.js:12:8`. */
export function cutPath(text: string, width: number): string {
  if (measureText(text) <= width) return text;
  if (width < 2) return cutEnd(text, width);
  const tail = takeEnd(text, width - 1);
  const slash = tail.indexOf('/');
  const isNear = slash >= 0 && slash < tail.length / 2;
  return `…${isNear ? tail.slice(slash) : tail}`;
}

function takeEnd(text: string, width: number): string {
  const characters = [...text];
  let from = characters.length;
  let used = 0;
  while (from > 0) {
    used += widthOf(characters[from - 1]!);
    if (used > width) break;
    from--;
  }
  return characters.slice(from).join('');
}

function widthOf(character: string): number {
  if (character < '\u0300') return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Breaks prose at spaces into lines of at most `width` columns. A longer word gets a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measureText(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
