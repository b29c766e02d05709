import { form } from '../../texts/count.js';

/** `{count:pod waits|pods wait}`: what is said of one, and of any other number. */
const FORMS = /\{(\w{1,80}):([^|{}]{0,200})\|([^|{}]{0,200})\}/g;

/** The template with each choice of a form made by its number; plain slots stay. */
export const chosenForms = (text: string, data: Readonly<Record<string, string | number>>): string =>
  text.replace(FORMS, (_slot, key: string, one: string, many: string) => form(Number(data[key]), one, many));

/** The template as documentation shows it: in the forms of many. */
export const manyForms = (text: string): string => text.replace(FORMS, '$3');
