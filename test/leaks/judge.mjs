/**
 * What makes an answer right. Suspect 1 names the holder, and the constructor or an allocation site, and the verdict
 * fits. Both the vitest suite and the runner judge by this.
 */

/** Judges one report; `way` is agent, bare or control. */
export function judge(spec, report, way) {
  const { truth } = spec;
  const suspect = report.suspects?.[0];
  const verdict = report.verdict?.kind;
  const said = suspect ? `${suspect.constructor?.name} in ${suspect.holder?.text}` : '-';
  if (way === 'control' || truth.kind === 'none') return { right: verdict !== 'leak', verdict, said };
  const holder = holderFits(truth, suspect);
  if (truth.notHeap) {
    // Two bare snapshots have no memory figures: there only a wrong `leak` without a suspect would be false.
    const right = way === 'bare' ? verdict !== 'leak' || Boolean(suspect) : verdict === 'off-heap' || holder;
    return { right, holder, verdict, said };
  }
  const ctor = Boolean(suspect) && truth.constructors.some((name) => sameClass(name, suspect.constructor?.name));
  const site = Boolean(suspect) && namesSite(truth, suspect);
  return {
    right: holder && (ctor || site) && (way === 'bare' || verdict === 'leak'),
    holder,
    ctor,
    site,
    verdict,
    said,
  };
}

function namesSite(truth, suspect) {
  const sites = (suspect.allocationSites ?? []).slice(0, 3);
  return sites.some((site) =>
    truth.allocationSites.some((wanted) => matches(wanted.file, site.file) && matches(wanted.function, site.function)),
  );
}

function matches(pattern, text) {
  return !pattern || new RegExp(pattern).test(String(text ?? ''));
}

/** Class names as DevTools shows them; shapes `{a, b}` compare as sets (their order varies, long ones are cut). */
function sameClass(a, b) {
  if (a === b) return true;
  if (!a?.startsWith('{') || !b?.startsWith('{')) return false;
  const [x, y] = [shapeMembers(a), shapeMembers(b)];
  const [small, large] = x.length <= y.length ? [x, y] : [y, x];
  const last = small.at(-1);
  return small.slice(0, -1).every((name) => large.includes(name)) && large.some((name) => name.startsWith(last));
}

function shapeMembers(shape) {
  const names = shape.replace(/[{}…]/g, '').split(',');
  return names.map((name) => name.trim()).filter(Boolean);
}

function holderFits(truth, suspect) {
  if (!suspect?.holder) return false;
  const { label, text, path = [] } = suspect.holder;
  const said = [label, text, ...path.map((step) => `${step.name} ${step.constructor}`)].join(' ');
  const { pathIncludes, pathAnyOf = [], pathIncludesAny = [] } = truth.retainer;
  const some = (names) => names.length === 0 || names.some((name) => said.includes(name));
  return some(pathIncludes) && some(pathAnyOf) && some(pathIncludesAny);
}
