/**
 * Reads the part of YAML that manifests in this repository use: block maps and lists, plain and double-quoted scalars,
 * comments on lines of their own. Everything else is an error, so that nothing is read as what it is not.
 */
export type Yaml = string | Yaml[] | { [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

/** One document. Throws with the line's number. */
export function parseYaml(source: string): Yaml {
  const lines = source.split('\n').flatMap((raw, at): Line[] => {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) return [];
    if (raw.includes('\t')) throw new Error(`line ${at + 1}: a tab`);
    return [{ indent: raw.length - raw.trimStart().length, text, number: at + 1 }];
  });
  const reader = new Reader(lines);
  const value = reader.readBlock(0);
  if (reader.current) throw new Error(`line ${reader.current.number}: wrong indentation`);
  return value;
}

class Reader {
  readonly #lines: Line[];
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  get current(): Line | undefined {
    return this.#lines[this.#at];
  }

  readBlock(indent: number): Yaml {
    return this.current?.text.startsWith('- ') ? this.#readList(indent) : this.#readMap(indent);
  }

  #readList(indent: number): Yaml[] {
    const list: Yaml[] = [];
    for (let line = this.current; line?.indent === indent && line.text.startsWith('- '); line = this.current) {
      const text = line.text.slice(2).trim();
      if (!/^[\w.-]+:( |$)/.test(text)) {
        this.#at += 1;
        list.push(readScalar(text, line));
        continue;
      }
      // The first member of a map stands behind the dash: as if it stood below it, two columns further.
      this.#lines[this.#at] = { ...line, indent: indent + 2, text };
      list.push(this.#readMap(indent + 2));
    }
    return list;
  }

  #readMap(indent: number): { [key: string]: Yaml } {
    const map: { [key: string]: Yaml } = {};
    for (let line = this.current; line?.indent === indent; line = this.current) {
      const [, key, rest] = /^([\w.-]+):(?: +(.*))?$/.exec(line.text) ?? [];
      if (key === undefined) throw new Error(`line ${line.number}: neither a member nor an item: ${line.text}`);
      if (Object.hasOwn(map, key)) throw new Error(`line ${line.number}: ${key} for the second time`);
      this.#at += 1;
      const next = this.current;
      if (rest !== undefined) map[key] = readScalar(rest, line);
      else if (next && next.indent > indent) map[key] = this.readBlock(next.indent);
      else throw new Error(`line ${line.number}: ${key} has no value`);
    }
    return map;
  }
}

function readScalar(text: string, { number }: Line): string {
  const quoted = /^"([^"\\]*)"$/.exec(text);
  if (quoted) return quoted[1]!;
  if (/^[[\]{}&*!|>'"%@`#-]|: | #/.test(text)) throw new Error(`line ${number}: not read here: ${text}`);
  return text;
}
