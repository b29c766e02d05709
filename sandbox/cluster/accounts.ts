import type { Account } from './api/admitting/rbac.js';

export type Role = 'admin' | 'reader' | 'fixer';
export type Accounts = Readonly<Record<Role, Account & { readonly token: string }>>;

/** One account a role; reader and fixer may do nothing until they are granted something. */
export function createAccounts(cluster: string): Accounts {
  const account = (role: Role, rules: Account['rules']) => ({
    user: `system:serviceaccount:acknet:${role}`,
    token: `${cluster}-${role}-token`,
    rules,
  });
  return {
    admin: { ...account('admin', 'admin'), user: 'kubernetes-admin' },
    reader: account('reader', []),
    fixer: account('fixer', []),
  };
}
