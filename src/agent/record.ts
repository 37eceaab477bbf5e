/**
 * The record of a session: what was captured, and what is missing and why.
 */
import fs from 'node:fs';
import path from 'node:path';
import { SESSION_FILES, SESSION_SCHEMA, type SessionRecord } from '../session';
import type { AgentContext } from './context';
import { detectRunMode, readProcessFlags } from './run-mode';
import type { OpenWindow } from './window';

/** What is known only at the end of a window. */
export type RecordFacts = Pick<
  SessionRecord,
  'after' | 'scripts' | 'closedBy' | 'recycled' | 'interrupted' | 'ignoredSignals'
>;

/**
 * Built when every other file of the session has its name, for it says which of them are missing. `whyNoAfter`: why
 * there is no B, where the preflight does not say it.
 */
export function buildRecord(
  context: AgentContext,
  window: OpenWindow,
  facts: RecordFacts,
  whyNoAfter: string | null = null,
): SessionRecord {
  const { options, workerId, threadId, fromSnapshot, boot } = context;
  return {
    schema: SESSION_SCHEMA,
    app: options.app,
    pid: process.pid,
    ppid: process.ppid,
    workerId,
    threadId,
    argv: process.argv,
    nodeVersion: process.version,
    v8Version: process.versions.v8,
    runMode: detectRunMode(options.runMode, readProcessFlags(fromSnapshot)),
    ...(boot.ms === null ? {} : { bootMs: boot.ms }),
    captureMode: window.mode,
    ...(window.mode === options.mode ? {} : { requestedMode: options.mode }),
    samplingInterval: window.samplingInterval,
    idsComparable: window.mode === 'trace' || (window.mode === 'snapshot' && options.identity),
    ...(window.mode === 'trace' ? { traceCost: measureTracing(window, facts) } : {}),
    openedBy: window.openedBy,
    before: window.before,
    floor: window.floor.read(window.openedAt),
    skipped: listSkipped(context, window, facts, whyNoAfter),
    ...facts,
  };
}

function measureTracing(
  { openedAt, before }: OpenWindow,
  { after }: RecordFacts,
): NonNullable<SessionRecord['traceCost']> {
  const start = before.rssAfterCapture ?? before.memory.process.rss;
  return { windowMs: Math.round(after.monotonic - openedAt), rssBytes: after.memory.process.rss - start };
}

function listSkipped(
  context: AgentContext,
  window: OpenWindow,
  facts: RecordFacts,
  whyNoAfter: string | null,
): SessionRecord['skipped'] {
  const { before, after, profile } = SESSION_FILES;
  const explain = (what: string) =>
    (what === after ? whyNoAfter : null) ?? explainMissing(what, context.options, window, facts);
  return [before, after, profile]
    .filter((name) => !fs.existsSync(path.join(window.folder, name)))
    .map((what) => ({ what, why: explain(what) }));
}

function explainMissing(
  name: string,
  { maxTrackingMs }: AgentContext['options'],
  { mode, samplingInterval, before }: OpenWindow,
  { after, closedBy, interrupted }: RecordFacts,
): string {
  if (name === SESSION_FILES.profile) {
    if (mode === 'trace') return 'mode trace keeps exact stacks in B';
    if (samplingInterval === null) return 'another profiler was sampling this process';
  } else {
    if (closedBy === 'recycled') {
      if (name === SESSION_FILES.before) return 'what a recycled worker leaves begins without a snapshot';
      return after.preflight?.why ?? interrupted ?? 'mode profile writes no snapshot';
    }
    if (mode === 'profile') return before.preflight?.why ?? 'mode profile writes no snapshot';
    if (name === SESSION_FILES.after && after.preflight?.why) return after.preflight.why;
    if (closedBy === 'limit') return `the window closed itself after ${maxTrackingMs} ms, as maxTrackingMs says`;
  }
  return interrupted ?? 'it could not be written';
}
