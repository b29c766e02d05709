import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type CredentialConfig, openCredential } from '../../cluster/kube/connecting/credential.js';
import { type FileConfig, loadFileConfig } from '../../config/config.js';
import { AcknetError } from '../../errors.js';

/** acknet.yaml and the kubeconfigs it names, as they are now. */
export interface Files {
  /** Of all their bytes: another one means that something changed. */
  readonly digest: string;
  /** Absent = acknet.yaml has faults. */
  readonly config?: FileConfig;
  readonly faults: readonly string[];
}

/** Reads content, not times: a projected volume swaps a link, and what it leads to may be older than what was there. */
export async function readFiles(file: string): Promise<Files> {
  const hash = createHash('sha256').update(await bytesOf(file));
  try {
    const config = await loadFileConfig(file);
    const credentials = credentialsOf(config);
    for (const { credential } of credentials)
      if (credential.kubeconfig !== undefined) hash.update(await bytesOf(credential.kubeconfig));
    return { digest: hash.digest('hex'), config, faults: credentials.flatMap(faultsOf) };
  } catch (error) {
    return { digest: hash.digest('hex'), faults: [faultText(error)] };
  }
}

/** What cannot be read is a state like any other. */
const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => Buffer.from(`\0${error.code}`));

interface Named {
  readonly name: string;
  readonly credential: CredentialConfig;
}

const credentialsOf = ({ clusters }: FileConfig): readonly Named[] =>
  Object.entries(clusters).flatMap(([name, { fixer, ...reader }]) => [
    { name, credential: reader },
    ...(fixer === undefined ? [] : [{ name, credential: fixer }]),
  ]);

function faultsOf({ name, credential }: Named): string[] {
  try {
    openCredential(name, credential);
    return [];
  } catch (error) {
    return [faultText(error)];
  }
}

function faultText(error: unknown): string {
  if (error instanceof AcknetError) return error.message;
  throw error;
}
