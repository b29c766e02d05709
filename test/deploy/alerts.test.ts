import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { addGauges } from '../../src/jobs/add-gauges.js';
import { createMetrics } from '../../src/ops/metrics.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
}
const files = 'deploy/helm/acknet/files';
const rules = (
  parse(readFileSync(`${files}/alerts.yaml`, 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readFileSync(`${files}/dashboard.json`, 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const shown = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);

/** What a series may be called: of a histogram with its endings. */
function seriesNames(): ReadonlySet<string> {
  const { registry } = createMetrics();
  addGauges({ registry, queues: [], store: { open: async () => [] }, now: () => new Date() });
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  return new Set(names.flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]));
}

describe('what Prometheus is to watch', () => {
  it.each([...rules.map(({ alert, expr }) => [alert, expr] as const), ...shown])(
    '%s asks for metrics that acknet has',
    (_title, expr) => {
      const asked = expr.match(/acknet_[a-z_]+/g) ?? [];
      expect(asked.filter((name) => !seriesNames().has(name))).toEqual([]);
      expect(expr).toMatch(/acknet_|process_/);
    },
  );

  it('has an entry in docs/troubleshooting.md for each alert, and for no other', () => {
    const page = readFileSync('docs/troubleshooting.md', 'utf8');
    const headings = (page.match(/^### Acknet.*$/gm) ?? []).flatMap((line) => line.slice(4).split(', '));
    const away = ['AcknetBotAway', 'AcknetWorkerAway'];
    expect(headings.sort()).toEqual([...away, ...rules.map(({ alert }) => alert)].sort());
  });
});

describe('the runbook', () => {
  const page = readFileSync('docs/troubleshooting.md', 'utf8');
  const entries = page.slice(page.indexOf('## Alerts of Prometheus')).split(/^### /m).slice(1);
  const objects = readFileSync('deploy/kubernetes/manifests.yaml', 'utf8');
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join('src', file), 'utf8'));

  it.each(entries.map((entry) => [entry.split('\n', 1)[0], entry] as const))(
    '%s names only what the manifests install, and only what the log says',
    (_alert, entry) => {
      const names = [...entry.matchAll(/deploy\/([\w-]+)|exec ([\w-]+)-0/g)].map(
        ([, part, set]) => part ?? set,
      );
      const labels = [...entry.matchAll(/-l (\S+?)=(\w+)/g)].map(([, key, value]) => `${key}: ${value}`);
      expect(
        [...names.map((name) => `name: ${name}`), ...labels].filter((one) => !objects.includes(one)),
      ).toEqual([]);
      const lines = [...entry.matchAll(/`([A-Za-z][a-z]+ [a-z][^`]*)`/g)].map(([, line = '']) => line);
      const said = lines.filter((line) => !/^(?:kubectl|acknet|npm|npx) /.test(line));
      expect(said.filter((line) => !sources.some((source) => source.includes(line)))).toEqual([]);
    },
  );
});

const promtool = (process.env.PATH ?? '')
  .split(':')
  .some((folder) => existsSync(path.join(folder, 'promtool')));
const needed = promtool || process.env.ACKNET_REQUIRE_PROMETHEUS === '1';
const folder = mkdtempSync(path.join(tmpdir(), 'acknet-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

interface Story {
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly fires: readonly string[];
}

/** A minute a sample. `fires` = alerts at that time. */
const stories: Readonly<Record<string, Story>> = {
  'a quiet hour': {
    series: {
      'acknet_jobs_total{queue="checks",result="done"}': '0+5x60',
      'acknet_jobs_total{queue="checks",result="failed"}': '3+0x60',
      'acknet_queue_oldest_seconds{queue="questions"}': '1+0x60',
      'acknet_slack_calls_total{method="chat.postMessage",outcome="ok"}': '0+30x60',
      'acknet_slack_calls_total{method="chat.postMessage",outcome="throttled"}': '0+1x60',
      'acknet_cluster_requests_total{cluster="cluster-x",outcome="ok"}': '0+30x60',
      'acknet_open_proposals{state="proposed"}': '1+0x60',
      acknet_config_refused: '0+0x60',
      'acknet_alerts_total{outcome="taken"}': '0+1x60',
      'acknet_alerts_total{outcome="left alone"}': '0+9x60',
      'acknet_credential_expires_timestamp_seconds{cluster="cluster-x",use="reader"}': '864000+0x60',
    },
    at: '60m',
    fires: [],
  },
  'a job given up': {
    series: { 'acknet_jobs_total{queue="fixes",result="failed"}': '0+0x10 1+0x10' },
    at: '15m',
    fires: ['AcknetJobsFail'],
  },
  'no worker': {
    series: { 'acknet_queue_oldest_seconds{queue="questions"}': '0+60x10' },
    at: '8m',
    fires: ['AcknetQueueWaits'],
  },
  'Slack away': {
    series: {
      'acknet_slack_calls_total{method="chat.postMessage",outcome="failed"}': '0+30x30',
      'acknet_slack_calls_total{method="chat.postMessage",outcome="ok"}': '100+0x30',
    },
    at: '20m',
    fires: ['AcknetSlackFails'],
  },
  'Slack turning away a third': {
    series: {
      'acknet_slack_calls_total{method="chat.update",outcome="throttled"}': '0+10x40',
      'acknet_slack_calls_total{method="chat.update",outcome="ok"}': '0+20x40',
    },
    at: '30m',
    fires: ['AcknetSlackThrottles'],
  },
  'one of two clusters silent, the other refusing': {
    series: {
      'acknet_cluster_requests_total{cluster="cluster-x",outcome="failed"}': '0+9x40',
      'acknet_cluster_requests_total{cluster="cluster-y",outcome="refused"}': '0+9x40',
      'acknet_cluster_requests_total{cluster="cluster-z",outcome="ok"}': '0+9x40',
    },
    at: '20m',
    fires: ['AcknetClusterRefuses', 'AcknetClusterSilent'],
  },
  'a fix that failed, and one that stands': {
    series: {
      'acknet_proposal_transitions_total{state="failed"}': '0+0x40 1+0x10',
      'acknet_open_proposals{state="applying"}': '1+0x50',
    },
    at: '45m',
    fires: ['AcknetFixEndedOpen', 'AcknetFixStands'],
  },
  'a token that ends in six days': {
    series: { 'acknet_credential_expires_timestamp_seconds{cluster="cluster-x",use="fixer"}': '518400+0x60' },
    at: '5m',
    fires: ['AcknetCredentialEnds'],
  },
  'a configuration that was refused': {
    series: { 'acknet_config_refused{pod="a"}': '0+0x5 1+0x20', 'acknet_config_refused{pod="b"}': '0+0x25' },
    at: '20m',
    fires: ['AcknetConfigRefused'],
  },
  'an alert sender with another token': {
    series: {
      'acknet_alerts_total{outcome="refused"}': '0+1x20',
      'acknet_alerts_total{outcome="taken"}': '0+1x20',
    },
    at: '20m',
    fires: ['AcknetAlertsRefused'],
  },
  'frames of another shape': {
    series: { 'acknet_dropped_frames_total{why="not JSON"}': '0+2x30' },
    at: '20m',
    fires: ['AcknetFramesDropped'],
  },
};

(needed ? describe : describe.skip)('Prometheus’ own promtool', () => {
  it('takes the rules, and every expression of the dashboard', () => {
    expect(run('check', 'rules', `${files}/alerts.yaml`)).toMatchObject({ status: 0 });
    const recorded = shown.map(([, expr], at) => ({
      record: `panel:${at}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    const file = path.join(folder, 'dashboard-rules.yaml');
    writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules: recorded }] }));
    const { status, said } = run('check', 'rules', file);
    expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
  });

  it.each(Object.entries(stories))('lets fire what should: %s', (title, { series, at, fires }) => {
    const file = path.join(folder, `${title.replaceAll(/[^a-z]+/gi, '-')}.yaml`);
    const expected = (name: string) => ({
      alertname: name,
      eval_time: at,
      exp_alerts: [],
    });
    const test = {
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: rules.map(({ alert }) => expected(alert)),
    };
    const told = {
      rule_files: [path.resolve(`${files}/alerts.yaml`)],
      evaluation_interval: '1m',
      tests: [test],
    };
    writeFileSync(file, stringify(told));
    // Each alert is said to be silent; promtool names those that are not.
    const { said } = run('test', 'rules', file);
    const firing = [...said.matchAll(/alertname:\s*(\w+)/g)].map(([, name]) => name);
    expect([...new Set(firing)].sort()).toEqual([...fires].sort());
  });
});
