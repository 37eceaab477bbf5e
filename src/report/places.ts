/** Source places and class names as the reports show them. */
import type { ConstructorGrowth, Place, Suspect } from '../diff/types';
import { formatCount } from '../format-numbers';
import { cleanText } from './text-width';

/**
 * A file as a person would name it: relative to `cwd` when it lies below, packages from their last `node_modules` on.
 * Snapshots come from other machines too; what is left absolute is cut by its column, from the left.
 */
export function displayFile(file: string, cwd: string): string {
  const clean = cleanText(file);
  if (clean.startsWith('data:')) return cutDataUrl(clean);
  const name = clean.startsWith('file://') ? clean.slice('file://'.length) : clean;
  const inPackages = name.lastIndexOf('/node_modules/');
  if (inPackages >= 0) return name.slice(inPackages + 1);
  const base = cwd.endsWith('/') ? cwd : `${cwd}/`;
  return cwd !== '' && name.startsWith(base) ? name.slice(base.length) : name;
}

/** `src/store.js:12:8`; empty for no place. Native functions have no file, and so no line. */
export function displayPlace(place: Place | null, cwd: string): string {
  if (!place || place.file === '') return '';
  return `${displayFile(place.file, cwd)}:${place.line}:${place.column}`;
}

/** The way to a package, up to the last `node_modules`. */
const PACKAGE_FOLDER = /(?:\/[^\s`,;()]*?)?\bnode_modules\/(?:[^\s`,;()]*\/node_modules\/)?/g;

/** Replaces paths below `cwd`, and the ways to packages, inside a sentence. */
export function displaySentence(sentence: string, cwd: string): string {
  // Ways to packages first: what is left of one below `cwd` is no way from the root any more.
  const paths = sentence.replaceAll('file:///', '/').replace(PACKAGE_FOLDER, 'node_modules/');
  const below = cwd.length > 1 ? paths.replaceAll(cwd.endsWith('/') ? cwd : `${cwd}/`, '') : paths;
  return cleanText(below.replace(DATA_URL, cutDataUrl));
}

/** A module that came as a `data:` URL holds its own source; what may follow it in a sentence is not part of it. */
const DATA_URL = /\bdata:\S+?(?=(?::\d+){0,2}\)?[,:;.]?(?:\s|$))/g;
const LONGEST_DATA_URL = 40;

const cutDataUrl = (url: string) => (url.length > LONGEST_DATA_URL ? `${url.slice(0, LONGEST_DATA_URL)}…` : url);

/** A row's name: the DevTools class, but closures and contexts by their function, which is what tells them apart. */
export function displayClass(row: Pick<ConstructorGrowth, 'name' | 'function'>): string {
  if (row.function === null) return cleanText(row.name) || '(no name)';
  const made = row.name === 'Function' ? 'closure' : row.name.replace('system / Context', 'context');
  return cleanText(row.function === '' ? `anonymous ${made}` : `${row.function}() ${made}`);
}

/** What a suspect consists of: `10,000 Session`, `1,200 objects of 6 classes, such as OrderPaid,`. */
export function displayCrowd({ growthCount, constructor: definition, classCount }: Suspect): string {
  const name = displayClass(definition);
  if (growthCount === 0) return name;
  const count = formatCount(growthCount);
  return classCount === undefined ? `${count} ${name}` : `${count} objects of ${classCount} classes, such as ${name},`;
}

/** Functions that V8 makes of a class's body, and calls by its own names. */
const CLASS_PARTS: Readonly<Record<string, string>> = {
  '<instance_members_initializer>': 'class fields',
  '<static_initializer>': 'static class fields',
};

/** The name of a site's function, as a person reads it. */
export function displayFunction(name: string): string {
  return CLASS_PARTS[name] ?? cleanText(name || '(anonymous)');
}
