import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, parseDocument } from 'yaml';
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

  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) {
    const detail = document.errors.map((error) => error.message.split('\n')[0]).join('; ');
    faults.push(`${file}: expected a YAML mapping${detail && `; ${detail}`}`);
    return undefined;
  }

  const value: unknown = document.toJS();
  const parsed = fileSchema.safeParse(value);
  faults.push(...crossFaults(value));
  if (!parsed.success) {
    faults.push(...describeFaults(parsed.error, value, 'plain'));
    return undefined;
  }
  return resolvePaths(parsed.data, path.dirname(path.resolve(file)));
}

/** Paths in the file are relative to the file, not to where acknet was started. */
function resolvePaths(config: FileConfig, base: string): FileConfig {
  const absolute = <C extends { kubeconfig?: string | undefined }>(value: C): C =>
    value.kubeconfig === undefined ? value : { ...value, kubeconfig: path.resolve(base, value.kubeconfig) };
  const clusters = Object.entries(config.clusters).map(([name, cluster]) => [
    name,
    { ...absolute(cluster), ...(cluster.fixer && { fixer: absolute(cluster.fixer) }) },
  ]);
  return { ...config, clusters: Object.fromEntries(clusters) };
}
