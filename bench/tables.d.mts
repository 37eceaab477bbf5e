/** A page that holds a table of the bench: its path, its text and what the text should be. */
export interface BenchPage {
  readonly file: string;
  readonly text: string;
  readonly wanted: string;
}

/** Throws when a page has no place for its table. */
export function renderPages(): BenchPage[];
