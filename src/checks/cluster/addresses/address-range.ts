import { type Cidr, parseCidrs } from '../../cidr.js';
import type { Evidence } from '../../judging/define-check.js';

/** A range of addresses, and where it is set. */
export interface AddressRange extends Cidr {
  readonly name: string;
  readonly where: string;
  /** The object that can be taken away again; absent = it was fixed when the cluster was created. */
  readonly addedAs?: string | undefined;
}

export const rangesNamed = (
  name: string,
  where: string,
  value: string | undefined,
): readonly AddressRange[] => parseCidrs(value).map((cidr) => ({ ...cidr, name, where }));

/** The first of those that name the same block. */
export const uniqueRanges = (ranges: readonly AddressRange[]): readonly AddressRange[] =>
  ranges.filter((range, index) => ranges.findIndex((other) => other.text === range.text) === index);

export const rangeLabel = ({ name, text: cidr }: AddressRange): string => `${name} ${cidr}`;

export const rangeEvidence = ({ where, text: value }: AddressRange): Evidence => ({ where, value });
