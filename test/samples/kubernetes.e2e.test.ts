/** The Kubernetes sample: that the manifest holds together, and that its service does what the README says. */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { OPTIONS } from '../../src/agent/options';
import { readSession } from '../../src/session';
import { killRemaining, NodeProcess } from '../support/node-process';
import { createProject, listSessions, REPOSITORY, type TestProject } from '../support/project';
import { MAIN } from '../support/run-cli';
import { parseYaml } from '../support/yaml';

const SAMPLE = path.join(REPOSITORY, 'samples/kubernetes');
const read = (name: string) => fs.readFileSync(path.join(SAMPLE, name), 'utf8');

interface Probe {
  readonly periodSeconds: string;
  readonly failureThreshold: string;
}

interface Container {
  readonly command: string[];
  readonly env: { name: string; value: string }[];
  readonly volumeMounts: { name: string; mountPath: string }[];
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly resources: { limits: { memory: string } };
  readonly securityContext: Record<string, string>;
}

interface Deployment {
  readonly kind: string;
  readonly spec: {
    readonly replicas: string;
    readonly selector: { matchLabels: object };
    readonly template: {
      readonly metadata: { labels: object };
      readonly spec: {
        readonly containers: [Container];
        readonly volumes: [{ name: string; emptyDir: { sizeLimit: string } }];
        readonly securityContext: { fsGroup: string; runAsNonRoot: string };
      };
    };
  };
}

describe('deployment.yaml', () => {
  const deployment = parseYaml(read('deployment.yaml')) as unknown as Deployment;
  const { spec } = deployment.spec.template;
  const [container] = spec.containers;
  const [volume] = spec.volumes;
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  it('is a Deployment that selects its own pods', () => {
    expect(deployment.kind).toBe('Deployment');
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
    expect(Number(deployment.spec.replicas)).toBeGreaterThanOrEqual(2);
  });

  it('sets only options that there are, to values they take', () => {
    const specs = Object.values(OPTIONS);
    for (const [name, value] of Object.entries(env).filter(([variable]) => variable.startsWith('HEAPDIFF_'))) {
      const option = specs.find((candidate) => candidate.env === name);
      expect(option, name).toBeDefined();
      expect(option!.parse(value), `${name}=${value}`).toBeDefined();
    }
  });

  it('lets the service write its sessions, and nothing else', () => {
    expect(container.volumeMounts).toEqual([{ name: volume.name, mountPath: env.HEAPDIFF_DIR }]);
    expect(spec.securityContext).toMatchObject({ fsGroup: '1000', runAsNonRoot: 'true' });
    expect(container.securityContext.readOnlyRootFilesystem).toBe('true');
  });

  it('keeps fewer bytes than have the pod evicted', () => {
    const [, gibibytes] = /^(\d+)Gi$/.exec(volume.emptyDir.sizeLimit)!;
    expect(Number(env.HEAPDIFF_MAX_BYTES)).toBeLessThanOrEqual((Number(gibibytes) * 2 ** 30) / 2);
  });

  it('has probes that survive the longest pause', () => {
    const { livenessProbe, readinessProbe } = container;
    const silence = Number(livenessProbe.periodSeconds) * Number(livenessProbe.failureThreshold) * 1000;
    expect(silence).toBeGreaterThanOrEqual(2 * Number(env.HEAPDIFF_MAX_PAUSE_MS));
    const [, drainMs] = /DRAIN_MS \?\? (\d+)/.exec(read('server.js'))!;
    const noticed = Number(readinessProbe.periodSeconds) * Number(readinessProbe.failureThreshold) * 1000;
    expect(Number(drainMs)).toBeGreaterThan(noticed);
    expect(Number(env.HEAPDIFF_HOOK_TIMEOUT_MS)).toBeGreaterThan(Number(drainMs));
  });

  it('starts a file of the sample, by node itself', () => {
    expect(container.command).toEqual(['node', 'server.js']);
    expect(fs.existsSync(path.join(SAMPLE, container.command[1]!))).toBe(true);
  });
});

describe('server.js', () => {
  let project: TestProject;
  afterEach(() => {
    killRemaining();
    project.remove();
  });

  it('is not ready around a pause, alive throughout, and ready again', async () => {
    project = createProject();
    const env = { HEAPDIFF_DIR: project.dir, HEAPDIFF_MODE: 'snapshot', PORT: '0', DRAIN_MS: '200' };
    const service = new NodeProcess([project.write('server.js', read('server.js'))], { cwd: project.root, env });
    const port = Number((await service.stdout.next(/listening/)).split(' ').at(-1));
    expect(await ask(port, '/ready')).toBe(200);

    const capture = ['capture', String(service.pid), '--for', '1ms', '--no-report'];
    const command = new NodeProcess([MAIN, ...capture], { cwd: project.root, env });
    let isOver = false;
    const ended = command.ended.then((ending) => {
      isOver = true;
      return ending;
    });
    const seen = new Set<string>();
    while (!isOver) {
      seen.add(`ready ${await ask(port, '/ready')}`);
      seen.add(`alive ${await ask(port, '/alive')}`);
    }
    expect((await ended).code, command.stderr.all.join('\n')).toBe(0);
    expect([...seen].sort()).toEqual(['alive 200', 'ready 200', 'ready 503']);
    expect(await ask(port, '/ready')).toBe(200);

    // The README's way out of an image without tar, cat and ls.
    const [folder] = listSessions(project.dir);
    const [, code] = /node -e '(fs\.createReadStream[^']*)'/.exec(read('README.md'))!;
    const copy = new NodeProcess(['-e', code!, path.join(folder!, 'record.json')], { cwd: project.root });
    await copy.ended;
    expect(JSON.parse(copy.stdout.all.join('\n'))).toEqual(readSession(folder!).record);
  });
});

function ask(port: number, url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get({ port, path: url, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    });
    request.on('error', reject);
  });
}
