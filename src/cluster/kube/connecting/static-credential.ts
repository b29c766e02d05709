import { readFile } from 'node:fs/promises';
import { AcknetError } from '../../../errors.js';
import type { Admission, Credential, TlsOptions } from './admission.js';
import { admissionEnds } from './admission-ends.js';
import type { Headers } from './impersonation.js';
import type { KubeconfigChoice, Source } from './read-kubeconfig.js';

/** A token, a client certificate or a password that stands in the kubeconfig or in files beside it. */
export function staticCredential(cluster: string, choice: KubeconfigChoice): Credential {
  const { server, proxyUrl } = choice;
  const admit = async (): Promise<Admission> => {
    try {
      const [headers, tls] = await Promise.all([headersOf(choice), tlsOf(choice)]);
      return { server, proxyUrl, headers, tls };
    } catch (cause) {
      throw new AcknetError(
        'cluster.unauthorized',
        `Cluster ${cluster}: a file that the kubeconfig names could not be read.`,
        {
          cause,
          hint: `Look for the files that context "${choice.context}" needs: token, certificate, key.`,
        },
      );
    }
  };
  return { admit, ends: async () => admissionEnds(await admit()) };
}

async function headersOf(choice: KubeconfigChoice): Promise<Headers> {
  const { tokenFile, basic, impersonation } = choice;
  // A file wins, as the text in the kubeconfig may be older: kubectl does it so.
  const token = tokenFile === undefined ? choice.token : (await readFile(tokenFile, 'utf8')).trim();
  const encoded = basic && Buffer.from(basic).toString('base64');
  return {
    ...(encoded && { authorization: `Basic ${encoded}` }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...impersonation,
  };
}

async function tlsOf({ ca, cert, key, skipVerify, serverName }: KubeconfigChoice): Promise<TlsOptions> {
  const [authority, certificate, secret] = await Promise.all([ca, cert, key].map(bytesOf));
  return {
    ...(authority && { ca: authority }),
    ...(certificate && { cert: certificate }),
    ...(secret && { key: secret }),
    ...(skipVerify && { rejectUnauthorized: false }),
    ...(serverName && { servername: serverName }),
  };
}

/** What stands in the kubeconfig wins over a file. */
async function bytesOf({ data, file }: Source): Promise<Buffer | undefined> {
  if (data) return Buffer.from(data, 'base64');
  return file ? readFile(file) : undefined;
}
