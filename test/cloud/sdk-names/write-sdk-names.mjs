// npm run cloud:names: the field names that the official SDKs' models give each action acknet can ask for.
// The packages are packed into a temporary folder; they are no dependencies. Needs a build, for the list of actions.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cloudActions, partsOf } from '../../../dist/cloud/actions.js';

const packages = {
  cs: '@alicloud/cs20151215',
  vpc: '@alicloud/vpc20160428',
  ecs: '@alicloud/ecs20140526',
  sts: '@alicloud/sts20150401',
};
const target = new URL('sdk-names.json', import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), 'acknet-sdk-names-'));
const require = createRequire(path.join(folder, 'any.js'));

/** Unpacks a package; its models load beside a stand-in for the one class they extend. */
function unpack(name) {
  const [{ filename, version }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', name], { cwd: folder, encoding: 'utf8' }),
  );
  const at = path.join(folder, filename.replace(/\.tgz$/, ''));
  mkdirSync(at);
  execFileSync('tar', ['xzf', path.join(folder, filename), '-C', at]);
  return { models: path.join(at, 'package/dist/models'), version };
}

function standIn() {
  const at = path.join(folder, 'node_modules/@darabonba/typescript');
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, 'index.js'), 'exports.Model = class {};');
}

/** The model of that name; the SDKs write some letters small. */
function modelOf(models, name) {
  const wanted = name.toLowerCase();
  const file = readdirSync(models).find((entry) => entry.toLowerCase() === `${wanted}.js`);
  if (file === undefined) return undefined;
  const exported = Object.entries(require(path.join(models, file)));
  return exported.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** The model of an answer's body, or of one entry where the body is a bare list. */
function bodyOf(models, api) {
  const body = modelOf(models, `${api}Response`)?.types().body;
  return body?.itemType ?? body;
}

/** Dotted paths by wire names, lists passed through. */
function pathsOf(model, above = '') {
  const types = model.types();
  return Object.entries(model.names()).flatMap(([property, wire]) => {
    const type = types[property]?.itemType ?? types[property];
    const at = `${above}${wire}`;
    return typeof type === 'function' ? [at, ...pathsOf(type, `${at}.`)] : [at];
  });
}

standIn();
try {
  const unpacked = Object.fromEntries(
    Object.entries(packages).map(([product, name]) => [product, unpack(name)]),
  );
  const actions = Object.keys(cloudActions)
    .sort()
    .map((action) => {
      const { product, api } = partsOf(action);
      const { models } = unpacked[product];
      const response = bodyOf(models, api);
      if (response === undefined) throw new Error(`${packages[product]} has no model of ${action}`);
      const request = modelOf(models, `${api}Request`);
      return [
        action,
        { request: request ? pathsOf(request).join(' ') : '', response: pathsOf(response).join(' ') },
      ];
    });
  const versions = Object.entries(packages).map(([product, name]) => [name, unpacked[product].version]);
  const file = {
    written: 'npm run cloud:names (test/cloud/sdk-names/write-sdk-names.mjs)',
    versions: Object.fromEntries(versions),
    actions: Object.fromEntries(actions),
  };
  writeFileSync(target, `${JSON.stringify(file, undefined, 2)}\n`);
  process.stdout.write(`${readFileSync(target, 'utf8').length} characters, ${actions.length} actions\n`);
} finally {
  rmSync(folder, { recursive: true });
}
