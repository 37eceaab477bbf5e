import type { CaseSpec, Judgement, Way } from './judge.mjs';

export type { CaseSpec, Way };

export const casesFolder: string;
export function listCases(): string[];
export function readCase(id: string): CaseSpec;
export function needsPackages(id: string): boolean;
export function scoreCase(
  id: string,
  way: Way,
  options?: { folder?: string; heapdiff?: string },
): Promise<Judgement & { readonly spec: CaseSpec }>;
