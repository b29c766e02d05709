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
  initial_option?: Option;
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
}

export interface Attachment {
  color?: string;
  blocks?: Block[];
  text?: string;
  fallback?: string;
}

export const textOf = (text: TextObject | string | undefined): string =>
  typeof text === 'string' ? text : (text?.text ?? '');
