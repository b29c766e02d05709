import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, parseDocument, type YAMLParseError } from 'yaml';
import { crossFaults } from './cross-rules.js';
import { describeFaults } from './describe-faults.js';
import { type FileConfig, fileSchema } from './file-schema.js';

/** undefined = it could not be read; every fault is added to `faults`. */
export async function readConfigFile(file: string, faults: string[]): Promise<FileConfig | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    faults.push(
      `${file}: cannot be read (${cause.code}). Set ACKNET_CONFIG to its path; docs/acknet.example.yaml is a start.`,
    );
    return undefined;
  });
  if (text === undefined) return undefined;

  const value = mappingOf(text);
  if (typeof value === 'string') {
    faults.push(`${file}: expected a YAML mapping${value && `; ${value}`}`);
    return undefined;
  }
  const parsed = fileSchema.safeParse(value);
  faults.push(...crossFaults(value));
  if (!parsed.success) {
    faults.push(...describeFaults(parsed.error, value, 'plain'));
    return undefined;
  }
  return resolvePaths(parsed.data, path.dirname(path.resolve(file)));
}

/** The mapping that the text is, or what is wrong with it in words; '' = it is something else. */
function mappingOf(text: string): object | string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return document.errors.map(yamlFault).join('; ');
  if (!isMap(document.contents)) return '';
  try {
    return document.toJS() as object;
  } catch (error) {
    // An alias without its anchor, or aliases of aliases without end.
    return (error as Error).message;
  }
}

/** In the words of YAML, without what is for those who call the library. */
function yamlFault({ code, message, linePos }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return `a second document begins at line ${linePos?.[0].line ?? 'unknown'}`;
  return (message.split('\n')[0] ?? '').replace(/:$/, '');
}

/** Paths in the file are relative to the file, not to where acknet was started. */
function resolvePaths(config: FileConfig, base: string): FileConfig {
  const absolute = <C extends { kubeconfig?: string | undefined }>(value: C): C =>
    value.kubeconfig === undefined ? value : { ...value, kubeconfig: path.resolve(base, value.kubeconfig) };
  const clusters = Object.entries(config.clusters).map(([name, cluster]) => [
    name,
    { ...absolute(cluster), fixer: cluster.fixer && absolute(cluster.fixer) },
  ]);
  return { ...config, clusters: Object.fromEntries(clusters) };
}
