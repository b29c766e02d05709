/** The name by which acknet writes. */
export const OWN = 'acknet';

/** Field managers by what people call them. Source: `FieldManager` constants of Argo CD, Flux and Helm 4. */
const products: Readonly<Record<string, string>> = {
  'argocd-controller': 'Argo CD',
  'argocd-application-controller': 'Argo CD',
  'kustomize-controller': 'Flux',
  'helm-controller': 'Flux',
  helm: 'Helm',
  kubectl: 'kubectl apply --server-side',
};

/** `Argo CD (argocd-controller)`, or the manager's own name. */
export function nameOfManager(manager: string): string {
  const product = Object.hasOwn(products, manager) ? products[manager] : undefined;
  return product === undefined ? manager || 'somebody without a name' : `${product} (${manager})`;
}
