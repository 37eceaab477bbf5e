/** GitHub-flavoured Markdown: tables, code and prose that names out of a heap cannot break. */

/** A head that begins with `>` is a column of numbers. */
export function renderMarkdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((name) => (name.startsWith('>') ? '---:' : '---'));
  return [line(head.map((name) => name.replace('>', ''))), line(rule), ...rows.map(line)].join('\n');
}

/** Text as code, whatever it holds; pipes would end a table's cell even inside code. */
export function code(text: string): string {
  if (text === '') return '';
  const fence = text.includes('`') ? '``' : '`';
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** Prose that must not turn into markup; holder texts quote names in backticks, which may stay. */
export function escapeText(text: string, keepCode = false): string {
  const escaped = text.replace(/[\\*_[\]<>|#]/g, (character) => `\\${character}`);
  return keepCode
    ? escaped.replace(/`[^`]*`/g, (quoted) => quoted.replace(/\\(.)/g, '$1'))
    : escaped.replaceAll('`', '\\`');
}
