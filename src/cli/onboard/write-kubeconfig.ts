import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { KubeconfigChoice } from '../../cluster/kube/connecting/read-kubeconfig.js';
import { writePrivateFile } from './write-private-file.js';

interface CredentialFiles {
  readonly kubeconfig: string;
  readonly token: string;
}

/** `folder/cluster-x-reader.yaml`, and beside it the token that can be renewed alone. */
export const credentialFiles = (folder: string, cluster: string, who: string): CredentialFiles => ({
  kubeconfig: path.join(folder, `${cluster}-${who}.yaml`),
  token: path.join(folder, `${cluster}-${who}.token`),
});

/** acknet reads it anew at each request. */
export const writeToken = ({ token: file }: CredentialFiles, token: string): Promise<void> =>
  writePrivateFile(file, `${token}\n`);

interface Target {
  readonly cluster: string;
  readonly server: string;
  readonly choice: KubeconfigChoice;
}

/** The way to the server as the administrator's kubeconfig has it, with the token beside it in place of its user. */
export async function writeKubeconfig(
  files: CredentialFiles,
  { cluster, server, choice }: Target,
): Promise<void> {
  const { ca, skipVerify, serverName, proxyUrl } = choice;
  const authority = ca.data ?? (ca.file && (await readFile(ca.file)).toString('base64'));
  const file = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster,
        cluster: {
          server,
          'certificate-authority-data': authority,
          'insecure-skip-tls-verify': skipVerify || undefined,
          'tls-server-name': serverName,
          'proxy-url': proxyUrl,
        },
      },
    ],
    users: [{ name: 'acknet', user: { tokenFile: path.basename(files.token) } }],
    contexts: [{ name: cluster, context: { cluster, user: 'acknet' } }],
    'current-context': cluster,
  };
  await writePrivateFile(files.kubeconfig, stringify(file, { lineWidth: 0 }));
}
