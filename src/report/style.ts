/** Colour, or the lack of it: without colour every function returns its text unchanged. */

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
  readonly magenta: Paint;
  /** Dark on bright: for one word on the screen. */
  readonly badge: (color: 'red' | 'yellow' | 'green' | 'magenta', text: string) => string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  magenta: [35, 39],
} as const;

export function createStyle(color: boolean): Style {
  const paint = (name: keyof typeof CODES): Paint => {
    const [on, off] = CODES[name];
    return color ? (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`) : (text) => text;
  };
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    yellow: paint('yellow'),
    green: paint('green'),
    cyan: paint('cyan'),
    magenta: paint('magenta'),
    badge: (name, text) => (color ? `\u001b[1;7;${CODES[name][0]}m ${text} \u001b[0m` : text),
  };
}
