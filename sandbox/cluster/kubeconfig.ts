import { stringify } from 'yaml';

interface KubeconfigParts {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  /** PEM. */
  readonly ca: string;
}

export const kubeconfigFor = ({ name, url, token, ca }: KubeconfigParts): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
