import { isJson, str } from '../json.js';
import { checkView } from '../limits/check-view.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { publishHome, pushView, replaceView, topView, viewPayload } from '../state/views.js';
import type { ViewRecord, Wire, World } from '../state/world.js';
import { userOf } from './arguments.js';
import type { Args, Methods } from './method.js';

export const viewMethods: Methods = {
  'views.open': {
    tier: 'tier4',
    args: ['trigger_id', 'view'],
    run: (world, args) => {
      const view = contentOf(args, 'modal');
      return answer(pushView(world, world.triggers.redeem(args.trigger_id), view));
    },
  },
  'views.push': {
    tier: 'tier4',
    args: ['trigger_id', 'view'],
    run: (world, args) => {
      const view = contentOf(args, 'modal');
      const user = world.triggers.redeem(args.trigger_id);
      if (topView(world, user) === undefined) throw new SlackApiError('not_found');
      return answer(pushView(world, user, view));
    },
  },
  'views.update': {
    tier: 'tier4',
    args: ['view_id', 'external_id', 'view', 'hash'],
    run: (world, args) => {
      const record = recordOf(world, args);
      if (args.hash !== undefined && args.hash !== record.view.hash) throw new SlackApiError('hash_conflict');
      replaceView(world, record, contentOf(args, str(record.view.type) === 'home' ? 'home' : 'modal'));
      return answer(record);
    },
  },
  'views.publish': {
    tier: 'tier4',
    args: ['user_id', 'view', 'hash'],
    run: (world, args) => {
      const user = userOf(world, args, 'user_id').id;
      const known = world.views.get(world.homes.get(user) ?? '');
      if (args.hash !== undefined && args.hash !== known?.view.hash) throw new SlackApiError('hash_conflict');
      return answer(publishHome(world, user, contentOf(args, 'home')));
    },
  },
};

const answer = (record: ViewRecord): Wire => ({ ok: true, view: viewPayload(record) });

function contentOf(args: Args, type: 'modal' | 'home'): Wire {
  if (!isJson(args.view)) throw new SlackApiError('invalid_arguments');
  checkView(args.view, type);
  return args.view;
}

function recordOf(world: World, args: Args): ViewRecord {
  const record =
    world.views.get(str(args.view_id) ?? '') ??
    [...world.views.values()].find(
      ({ view }) => view.external_id !== '' && view.external_id === args.external_id,
    );
  if (record === undefined) throw new SlackApiError('not_found');
  return record;
}
