import { formatCount } from '../format-numbers';
import type { Verification } from '../heap/verify-heap';
import { displayFile } from './places';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle } from './style';
import { cleanText, wrapText } from './text-width';

/** The outcome of `heapdiff verify` as lines of text. */
export function renderVerification(result: Verification, file: string, options: Partial<ReportOptions> = {}): string {
  const { color, cwd, width } = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(color);
  const compared = `${formatCount(result.compared)} numbers compared with the DevTools engine`;
  const agree = result.differenceCount === 0;
  const lines = [
    style.bold(displayFile(file, cwd)),
    `${compared}: ${agree ? style.green('all agree') : style.red(`${formatCount(result.differenceCount)} differ`)}`,
    ...result.differences.map((difference) => `  ${cleanText(difference)}`),
  ];
  const hidden = result.differenceCount - result.differences.length;
  if (hidden > 0) lines.push(`  and ${formatCount(hidden)} more`);
  if (result.overwrittenClasses.length > 0) {
    const names = [...new Set(result.overwrittenClasses)].map(cleanText).join(', ');
    const note = `DevTools loses ${result.overwrittenClasses.length} class rows to others of the same name; heapdiff keeps them: ${names}`;
    lines.push(...wrapText(note, width).map(style.dim));
  }
  return `${lines.join('\n')}\n`;
}
