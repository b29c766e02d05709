import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = path.resolve('src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(source, file), 'utf8') }));

const simulators = readdirSync('sandbox', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(dist|node_modules|demo)\//.test(file))
  .map((file) => ({ file, text: readFileSync(path.join('sandbox', file), 'utf8') }));

/** What each layer may import besides itself and the roots every layer knows: as CONTRIBUTING.md lists it, and nowhere else. */
const allowed = new Map(
  (/```layers\n([\s\S]*?)```/.exec(readFileSync('CONTRIBUTING.md', 'utf8'))?.[1] ?? '')
    .trim()
    .split('\n')
    .map((line): [string, readonly string[]] => {
      const [layer = '', may = ''] = line.split('->').map((part) => part.trim());
      return [layer, may === 'nothing' ? [] : may.split(', ')];
    }),
);
const roots = new Set(['errors', 'config', 'masking', 'texts', 'nearest-name']);

const importsOf = (text: string): string[] =>
  [...text.matchAll(/\bfrom '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map((m) => (m[1] ?? m[2]) as string);

const targets = (file: string, text: string): string[] =>
  importsOf(text).map((to) => path.join(path.dirname(file), to).replace(/\.js$/, ''));

const layerOf = (file: string): string | undefined =>
  file.includes(path.sep) ? file.split(path.sep)[0] : undefined;

const imports = new Map(
  files.map(({ file, text }) => [file.replace(/\.ts$/, ''), targets(file, text)] as const),
);

/** Everything that a file reaches by imports, itself only where they lead back to it. */
function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(imports.get(file) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(imports.get(next) ?? []));
  }
  return reached;
}

describe('imports', () => {
  it('are ruled for every layer, in an order without rings', () => {
    const layers = new Set(files.flatMap(({ file }) => layerOf(file) ?? []));
    expect([...layers].filter((layer) => layer !== 'cli' && !allowed.has(layer))).toEqual([]);
    const order = [...allowed.keys()];
    const upwards = order.flatMap((layer, index) =>
      (allowed.get(layer) ?? [])
        .filter((may) => order.indexOf(may) <= index)
        .map((may) => `${layer} -> ${may}`),
    );
    expect(upwards).toEqual([]);
  });

  it('lead no file back to itself, by types either', () => {
    expect([...imports.keys()].filter((file) => reachedFrom(file).has(file))).toEqual([]);
  });

  it('run one way between layers', () => {
    const against = files.flatMap(({ file, text }) => {
      const from = layerOf(file);
      const may = from === undefined ? undefined : allowed.get(from);
      if (from === undefined || may === undefined) return [];
      return targets(file, text)
        .filter(
          (to) =>
            !roots.has(to.split(path.sep)[0] ?? '') &&
            layerOf(to) !== from &&
            !may.includes(layerOf(to) ?? ''),
        )
        .map((to) => `${file} -> ${to}`);
    });
    expect(against).toEqual([]);
  });

  it('reach the Kubernetes client only through the ports', () => {
    const offenders = files
      .filter(
        ({ file, text }) =>
          !/^(cluster\/kube|app|cli)/.test(file) &&
          targets(file, text).some((to) => to.startsWith('cluster/kube')),
      )
      .map(({ file }) => file);
    expect(offenders).toEqual([]);
  });

  it('keep the sandbox out of the product', () => {
    const leaving = files.filter(({ file, text }) => targets(file, text).some((to) => to.startsWith('..')));
    expect(leaving.map(({ file }) => file)).toEqual([]);
  });

  it('lead from a simulator only to the fields and ports of the cluster; the demo alone composes', () => {
    const offenders = simulators.flatMap(({ file, text }) =>
      targets(path.join('../sandbox', file), text)
        .filter((to) => !to.startsWith('..') && !/^cluster\/(ports|fields)$/.test(to))
        .map((to) => `${file} -> ${to}`),
    );
    expect(offenders).toEqual([]);
  });
});

interface Stop {
  readonly file: string;
  readonly depth: number;
}
const walks = [
  ...readFileSync('docs/architecture.md', 'utf8').matchAll(/## (.+)\n\n```walk\n([\s\S]*?)```/g),
].map(([, title = '', text = '']) => ({
  title,
  stops: text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('~'))
    .map((line): Stop => ({ file: line.trim().replace(/\.ts$/, ''), depth: line.search(/\S/) / 2 })),
}));

/** The nearest stop above it that stands further left. */
const aboveOf = (stops: readonly Stop[], index: number): Stop | undefined =>
  stops.slice(0, index).findLast(({ depth }) => depth < (stops[index]?.depth ?? 0));

describe('the walks of docs/architecture.md', () => {
  it('are those of a question, a check and a fix', () => {
    expect(walks.map(({ title }) => title)).toEqual(['A question', 'A check', 'A fix']);
  });

  it.each(walks)('$title: each file is imported by the one it stands under', ({ stops }) => {
    const wrong = stops.flatMap(({ file }, index) => {
      const above = aboveOf(stops, index);
      if (!imports.has(file)) return [`${file} does not exist`];
      return above === undefined || imports.get(above.file)?.includes(file)
        ? []
        : [`${above.file} does not import ${file}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(walks)('$title: its beginnings are wired by the composition root', ({ stops }) => {
    const wired = reachedFrom('app');
    const beginnings = stops.filter(({ depth }) => depth === 0).map(({ file }) => file);
    expect(beginnings.filter((file) => !wired.has(file))).toEqual([]);
  });
});

describe('the world outside', () => {
  it.each([
    ['process.env', /\bprocess\.env\b/],
    ['process.exit', /\bprocess\.(exit\(|exitCode)/],
    ['signals', /\bprocess\.on\(/],
  ])('is reached by %s only in main.ts', (_name, pattern) => {
    const offenders = files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    expect(offenders.filter((file) => file !== 'main.ts')).toEqual([]);
  });

  it('gets a write only from the engine', () => {
    const holders = files.filter(({ text }) => /\bClusterWriter\b/.test(text)).map(({ file }) => file);
    expect(holders.filter((file) => !/^(cluster|engine)\//.test(file))).toEqual([]);
  });
});

describe('Slack', () => {
  it('is told nothing by a client that takes any text: what is sent passed the one place that masks and cleans', () => {
    const tells =
      /\.chat\s*\.(postMessage|postEphemeral|update)\(|\.views\.\w+\(|filesUploadV2\(|\brespond\(\{/;
    const untold = files.filter(({ file, text }) => file.startsWith('slack/') && tells.test(text));
    expect(untold.length).toBeGreaterThan(4);
    const free = /^import .*\bWebClient\b/m;
    expect(untold.filter(({ text }) => free.test(text)).map(({ file }) => file)).toEqual([]);
    expect(
      untold
        .filter(
          ({ text }) => !/\b(?:onWire(?:View|File)?|sendFolded)\(|from '\.\.\/kit\/on-wire\.js'/.test(text),
        )
        .map(({ file }) => file),
    ).toEqual([]);
  });
});

describe('exports', () => {
  const tree = ['src', 'sandbox', 'bench', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/(^|[\\/])(dist|node_modules)[\\/]/.test(file))
      .map((file) => path.join(folder, file))
      .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  );
  const namesIn = (list = ''): string[] =>
    list.split(',').map((name) => (/^\s*(?:type\s+)?(\w+)/.exec(name) ?? [])[1] ?? '');

  /** `<file>#<name>` of whatever another file imports, hands on, or loads when it is wanted. */
  const imported = new Set(
    tree.flatMap(({ file, text }) =>
      [
        ...text.matchAll(/^(?:import|export)\b[^'";]*?\{([^}]*)\}\s*from '(\.[^']+)'/gm),
        ...text.matchAll(/\{([^{}]*)\} = await import\('(\.[^']+)'\)/g),
        ...[...text.matchAll(/await import\('(\.[^']+)'\)\)\.(\w+)/g)].map(([all, from, name]) => [
          all,
          name,
          from,
        ]),
      ].flatMap(([, names, from = '']) => {
        const target = path.join(path.dirname(file), from).replace(/\.(?:js|tsx?)$/, '');
        return namesIn(names).map((name) => `${target}#${name}`);
      }),
    ),
  );

  it('are used by another file', () => {
    const unused = tree
      .filter(({ file }) => /^(?:src|sandbox)\//.test(file))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)].map(
          ([, name = '']) => `${file.replace(/\.tsx?$/, '')}#${name}`,
        ),
      )
      .filter((name) => !imported.has(name));
    expect(unused).toEqual([]);
  });
});

describe('names', () => {
  it('say what a file holds', () => {
    const vague = files.filter(({ file }) =>
      /(^|[/-])(utils?|helpers?|manager|misc|common)(\.|-|\/)/.test(file),
    );
    expect(vague.map(({ file }) => file)).toEqual([]);
  });

  it('are those of the glossary: catalogue, not the shorter word', () => {
    expect(files.filter(({ text }) => /catalog(?!ue)/i.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('are exported by name', () => {
    expect(files.filter(({ text }) => /^export default /m.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('tests', () => {
  it('have no time limit that does not scale: all come from test/support/patience.ts', () => {
    const limit =
      /\}, \d[\d_]{3,}\);|\btimeout(?:Ms)?: \d[\d_]{3,}|\bwaitFor\([^;]*, \d{5,}|\bwaitFor\([^;]*, \d+_/;
    const fixed = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const found = limit.exec(readFileSync(path.join('test', file), 'utf8'));
        return found ? [`${file}: ${found[0].slice(-40)}`] : [];
      });
    expect(fixed).toEqual([]);
  });
});

describe('folders', () => {
  /** A check, a variant of a scenario and a room of texts are one file each: these grow by entries. */
  const catalogues = new Set(['src/checks/terway', 'sandbox/cluster/scenarios/variants']);

  it('hold few enough files to be taken in at a look', () => {
    const held = new Map<string, number>();
    for (const file of ['src', 'sandbox'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }),
    )) {
      const folder = path.relative('.', file.parentPath);
      if (file.isFile() && !/(^|\/)(dist|node_modules)(\/|$)/.test(folder))
        held.set(folder, (held.get(folder) ?? 0) + 1);
    }
    const full = [...held].filter(([folder, count]) => count > 15 && !catalogues.has(folder));
    expect(full).toEqual([]);
  });
});

describe('objects', () => {
  it('name their fields: a spread literal only hides how many there are', () => {
    expect(files.filter(({ text }) => text.includes('...{')).map(({ file }) => file)).toEqual([]);
  });
});
