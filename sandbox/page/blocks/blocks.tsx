import type { ReactNode } from 'react';
import { type Block, type Element, type Task, type TextObject, textOf } from './block-kit.js';
import { ElementView, type Press } from './element-view.js';
import { emojified } from './emoji.js';
import { InputBlock } from './input-block.js';
import { Markdown } from './markdown.js';
import { Mrkdwn } from './mrkdwn.js';
import type { Names } from '../names.js';
import { PlanView, TaskView } from './plan-view.js';
import { RichText } from './rich-text.js';
import { TableView } from './table-view.js';

interface BlocksProps {
  blocks: readonly Block[];
  names: Names;
  press: Press;
  /** By block id, under the input they are about. */
  errors?: Readonly<Record<string, string>>;
}

export function Blocks({ blocks, names, press, errors = {} }: BlocksProps): ReactNode {
  return blocks.map((block, index) => (
    <div className={`block block-${block.type}`} key={block.block_id ?? index} data-block-id={block.block_id}>
      <BlockView block={block} names={names} press={press} />
      {errors[block.block_id ?? ''] && (
        <p className="fault" role="alert">
          {errors[block.block_id ?? '']}
        </p>
      )}
    </div>
  ));
}

type ViewProps = { block: Block; names: Names; press: Press };

const views: Readonly<Record<string, (props: ViewProps) => ReactNode>> = {
  section: Section,
  header: ({ block }) => <h3>{emojified(textOf(block.text))}</h3>,
  divider: () => <hr />,
  context: ({ block, names }) =>
    (block.elements ?? []).map((element, index) => contextItem(element, index, names)),
  actions: Actions,
  context_actions: Actions,
  rich_text: ({ block, names }) => <RichText parts={(block.elements ?? []) as Element[]} names={names} />,
  markdown: ({ block }) => <Markdown text={textOf(block.text)} />,
  image: ({ block }) => <img src={block.image_url} alt={block.alt_text ?? ''} />,
  plan: PlanView,
  task_card: ({ block, names }) => <TaskView task={block as unknown as Task} names={names} />,
  table: TableView,
  data_table: TableView,
  container: Container,
  card: Card,
  carousel: ({ block, names, press }) => (
    <div className="carousel">
      <Blocks blocks={(block.elements ?? []) as Block[]} names={names} press={press} />
    </div>
  ),
  alert: ({ block, names }) => (
    <div className={`alert alert-${block.level ?? 'default'}`}>
      <Text text={block.text} names={names} />
    </div>
  ),
  input: ({ block }) => <InputBlock block={block} />,
};

function BlockView(props: ViewProps): ReactNode {
  const View = views[props.block.type];
  return View ? <View {...props} /> : <em>(a “{props.block.type}” block, which this page does not draw)</em>;
}

function Section({ block, names, press }: ViewProps): ReactNode {
  return (
    <div className="section">
      <div>
        {block.text && <Text text={block.text} names={names} />}
        {block.fields && (
          <div className="fields">{block.fields.map((field, index) => fieldItem(field, index, names))}</div>
        )}
      </div>
      {block.accessory && <ElementView element={block.accessory} block={block} press={press} />}
    </div>
  );
}

const fieldItem = (field: TextObject, index: number, names: Names): ReactNode => (
  <div key={index}>
    <Text text={field} names={names} />
  </div>
);

function contextItem(element: Element | TextObject, index: number, names: Names): ReactNode {
  if (element.type === 'image')
    return <img key={index} src={(element as Element).image_url} alt={(element as Element).alt_text ?? ''} />;
  return (
    <span key={index} className="context-item">
      <Text text={element as TextObject} names={names} />
    </span>
  );
}

function Text({ text, names }: { text: TextObject | string | undefined; names: Names }): ReactNode {
  const isMarkup = typeof text === 'object' && text.type === 'mrkdwn';
  return isMarkup ? <Mrkdwn text={text.text} names={names} /> : emojified(textOf(text));
}

function Actions({ block, press }: ViewProps): ReactNode {
  return ((block.elements ?? []) as Element[]).map((element, index) => (
    <ElementView key={`${element.action_id ?? index}`} element={element} block={block} press={press} />
  ));
}

function Container({ block, names, press }: ViewProps): ReactNode {
  const inner = <Blocks blocks={block.child_blocks ?? []} names={names} press={press} />;
  const head = (
    <>
      <b>{textOf(block.title)}</b>
      {block.subtitle && (
        <small>
          <Text text={block.subtitle} names={names} />
        </small>
      )}
    </>
  );
  if (!block.is_collapsible)
    return (
      <div className="container">
        <div className="container-head">{head}</div>
        {inner}
      </div>
    );
  return (
    <details className="container" open={!block.default_collapsed}>
      <summary>{head}</summary>
      {inner}
    </details>
  );
}

function Card({ block, names, press }: ViewProps): ReactNode {
  return (
    <div className="card">
      {block.title && (
        <b>
          <Text text={block.title} names={names} />
        </b>
      )}
      {block.subtitle && (
        <small>
          <Text text={block.subtitle} names={names} />
        </small>
      )}
      {block.body && <Text text={block.body} names={names} />}
      <div className="block-actions">
        {block.actions?.map((element) => (
          <ElementView key={element.action_id} element={element} block={block} press={press} />
        ))}
      </div>
    </div>
  );
}
