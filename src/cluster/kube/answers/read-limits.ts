const MIB = 1024 * 1024;

/** How much of what an API server says is taken in; beyond it the read ends with `cluster.too-large`. */
export interface ReadLimits {
  /** Pages of one list. */
  readonly pages: number;
  /** Objects of one list. */
  readonly objects: number;
  /** One object, in a list or alone. etcd holds none above a few MiB. */
  readonly objectBytes: number;
  /** A page that has to be held in one piece. */
  readonly pageBytes: number;
  /** What all pages of a list weigh on the wire. */
  readonly listBytes: number;
  /** What the views of one list may weigh in memory, roughly. */
  readonly viewBytes: number;
  /** A continue token; it travels in an address. */
  readonly tokenLength: number;
  /** Of an answer that is an error. */
  readonly errorBytes: number;
}

/** ACK ends at some 10,000 nodes and 150,000 pods: well below all of these. */
export const readLimits: ReadLimits = {
  pages: 2000,
  objects: 500_000,
  objectBytes: 8 * MIB,
  pageBytes: 64 * MIB,
  listBytes: 4096 * MIB,
  viewBytes: 512 * MIB,
  tokenLength: 8192,
  errorBytes: 64 * 1024,
};
