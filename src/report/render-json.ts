/** Any report as its schema has it (contracts 2 and 3, and those of docs/cli.md): nothing is left out, cut or rounded. */
export function renderJson(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
