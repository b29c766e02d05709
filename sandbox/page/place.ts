/** Where one is in the workspace, and as whom. It stands in the address, so that a reload or a copied link keeps it. */
interface Place {
  me: string | undefined;
  channel: string | undefined;
  thread: string | undefined;
}

const names = { me: 'as', channel: 'channel', thread: 'thread' } as const;

export function rememberedPlace(): Place {
  const said = new URLSearchParams(location.search);
  const part = (name: string) => said.get(name) ?? undefined;
  return { me: part(names.me), channel: part(names.channel), thread: part(names.thread) };
}

export function rememberPlace(place: Place): void {
  const said = new URLSearchParams(location.search);
  for (const part of ['me', 'channel', 'thread'] as const) {
    const value = place[part];
    if (value === undefined) said.delete(names[part]);
    else said.set(names[part], value);
  }
  history.replaceState(null, '', `?${said}`);
}
