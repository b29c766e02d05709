import { generate } from 'selfsigned';

export interface ServingCertificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Made anew at each start and trusted through the kubeconfig alone. HTTPS is no luxury here: kubectl drops the bearer
 * token of its kubeconfig when the server's address is plain HTTP.
 */
export async function createServingCertificate(now: Date): Promise<ServingCertificate> {
  const day = 86_400_000;
  const made = await generate([{ name: 'commonName', value: 'acknet sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - day),
    notAfterDate: new Date(now.getTime() + 365 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
