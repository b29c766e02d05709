/** The parts of Block Kit that the page draws; everything optional, since it comes off the wire. */
export interface TextObject {
  type: 'mrkdwn' | 'plain_text';
  text: string;
}

export interface ConfirmDialog {
  title?: TextObject;
  text?: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: 'primary' | 'danger';
}

export interface Option {
  text: TextObject;
  value: string;
  description?: TextObject;
}

export interface Element {
  type: string;
  action_id?: string;
  text?: TextObject | string;
  value?: string;
  url?: string;
  style?: string | Record<string, boolean>;
  confirm?: ConfirmDialog;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  accessibility_label?: string;
  range?: string;
  timestamp?: number;
  fallback?: string;
  initial_value?: string;
  placeholder?: TextObject;
  multiline?: boolean;
  positive_button?: { text: TextObject; value: string };
  negative_button?: { text: TextObject; value: string };
  elements?: Element[];
  user_id?: string;
  channel_id?: string;
  usergroup_id?: string;
  name?: string;
  unicode?: string;
  image_url?: string;
  alt_text?: string;
  indent?: number;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject | string;
  fields?: TextObject[];
  accessory?: Element;
  elements?: (Element | TextObject)[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  title?: TextObject | string;
  tasks?: Task[];
  child_blocks?: Block[];
  subtitle?: TextObject;
  body?: TextObject;
  actions?: Element[];
  level?: string | number;
  rows?: Cell[][];
  caption?: string;
  page_size?: number;
  column_settings?: { align?: 'left' | 'center' | 'right' }[];
  is_collapsible?: boolean;
  default_collapsed?: boolean;
  image_url?: string;
  alt_text?: string;
}

export interface Task {
  task_id: string;
  title: string;
  status: string;
  details?: Block;
  output?: Block;
  sources?: { url: string; text: string }[];
}

export interface Cell {
  type: string;
  text?: string;
  value?: number;
  elements?: Element[];
}

export interface Attachment {
  color?: string;
  blocks?: Block[];
  title?: string;
  text?: string;
  fallback?: string;
}

export const textOf = (text: TextObject | string | undefined): string =>
  typeof text === 'string' ? text : (text?.text ?? '');
