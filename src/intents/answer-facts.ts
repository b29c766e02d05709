/** `1.11.0` = [1, 11, 0, 0]; suffixes such as `-aliyun` carry no order. */
export type Version4 = readonly [number, number, number, number];

/** What is known about one cluster. A field is left out where it is not known: absence is never a "no". */
export interface AnswerFacts {
  readonly name: string;
  readonly plugin?: 'terway' | 'flannel' | undefined;
  readonly flavor?: 'managed' | 'dedicated' | undefined;
  readonly terwayDaemonSet?: 'terway-eniip' | 'terway-eni' | undefined;
  readonly runtime?: 'docker' | 'containerd' | undefined;
  readonly versions: {
    readonly kubernetes?: Version4 | undefined;
    readonly terway?: Version4 | undefined;
    readonly flannel?: Version4 | undefined;
  };
  readonly ageSeconds: number;
}
