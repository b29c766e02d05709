import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Runtime = 'docker' | 'containerd';

/** What happens just before the runtime answers its n-th call, as lines of bash; the node's folders are `$store` and `$known`. */
export type Story = Readonly<Record<number, string>>;

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

/** A node of files: Flannel's address store, and a runtime that lists what lies in a folder and can be told to misbehave. */
export class FakeNode {
  readonly root = mkdtempSync(path.join(tmpdir(), 'acknet-node-'));
  readonly store = path.join(this.root, 'var/lib/cni/networks/cb0');
  readonly #known = path.join(this.root, 'known');
  readonly #bin = path.join(this.root, 'bin');

  constructor() {
    for (const folder of [this.store, this.#known, this.#bin, path.join(this.root, 'story')])
      mkdirSync(folder, { recursive: true });
    this.reserve('lock', '', { name: 'lock' });
    this.reserve('last', '172.30.34.140', { name: 'last_reserved_ip.0' });
  }

  /** As host-local writes it: the owner's id, CRLF, the interface. */
  reserve(ip: string, owner: string, { text = `${owner}\r\neth0`, name = ip, minutes = 60 } = {}): void {
    const file = path.join(this.store, name);
    writeFileSync(file, text);
    utimesSync(file, minutesAgo(minutes), minutesAgo(minutes));
  }

  /** The runtime knows this sandbox; `ip` is what it says of its address. */
  know(id: string, ip = ''): void {
    writeFileSync(path.join(this.#known, id), ip);
  }

  moveToVarRun(): void {
    mkdirSync(path.join(this.root, 'var/run/cni/networks/cb0'), { recursive: true });
  }

  loseStore(): void {
    rmSync(this.store, { recursive: true });
  }

  /** Runs a printed script here; `how` is bash that the runtime's answer goes through. */
  run(script: string, { story = {}, how = 'cat', answer = 'yes\n' }: Happening = {}): Outcome {
    for (const [call, lines] of Object.entries(story))
      writeFileSync(path.join(this.root, 'story', call), lines);
    this.#install('docker', how);
    this.#install('crictl', how);
    writeFileSync(
      path.join(this.root, 'script.sh'),
      script.replace(/\/var\/(lib|run)\/cni/g, `${this.root}$&`),
    );
    const { status, stdout, stderr } = spawnSync('bash', [path.join(this.root, 'script.sh')], {
      input: answer,
      encoding: 'utf8',
      env: { PATH: `${this.#bin}:${process.env.PATH}`, HOME: this.root },
    });
    return { status, said: stdout + stderr, left: this.addresses() };
  }

  addresses(): readonly string[] {
    if (!existsSync(this.store)) return [];
    return readdirSync(this.store)
      .filter((name) => /^\d+(\.\d+){3}$/.test(name))
      .sort();
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }

  #install(command: string, how: string): void {
    const file = path.join(this.#bin, command);
    writeFileSync(
      file,
      `#!/bin/bash
store=${this.store} known=${this.#known}
call=$(( $(cat ${this.root}/calls 2>/dev/null || echo 0) + 1 )); echo $call > ${this.root}/calls
[[ ! -f ${this.root}/story/$call ]] || . ${this.root}/story/$call
answer() {
  [[ $* != *inspectp* ]] || { printf '{"status":{"network":{"ip":"%s"}},"id":"%s"}\\n' "$(cat "$known/\${@: -1}")" "\${@: -1}"; return; }
  ls "$known"
}
set -o pipefail
answer "$@" | { ${how}; }
`,
    );
    chmodSync(file, 0o755);
  }
}

export interface Happening {
  readonly story?: Story;
  readonly how?: string;
  readonly answer?: string;
}

export interface Outcome {
  readonly status: number | null;
  readonly said: string;
  /** The addresses still reserved. */
  readonly left: readonly string[];
}
