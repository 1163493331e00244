import { userInfo } from 'node:os';
import { SIZE_BANDS } from '@bellwether/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { promoteModel, rollBackModel, tryModel, withdrawModel } from './choose-model.ts';
import { callModels, type Place } from './models-client.ts';
import { type DiffAnswer, diffText, type ModelsAnswer, modelsText } from './models-texts.ts';

interface Wanted extends Place {
  readonly by: string;
}

/** Adds `models list`, `diff`, `shadow`, `withdraw`, `promote` and `rollback` (N6): they ask a running server. */
export function registerModelsCommands(program: Command): void {
  const models = program
    .command('models')
    .description(
      'health models of a tenant: which count, try one, compare, promote (docs/scoring/health.md)',
    );
  at(
    models.command('list').description('which models count and which are tried, since when and by whom'),
  ).action(async (place: Place) => say(modelsText(await callModels<ModelsAnswer>(place, ''))));
  at(models.command('diff').description('what a model that is tried would change, and for whom'))
    .argument('<id>', 'of the model')
    .option('--limit <number>', 'how many customers are named', limit, 20)
    .action(async (id: string, { limit: most, ...place }: Place & { readonly limit: number }) => {
      const query = new URLSearchParams({ shadow: id, limit: String(most) });
      say(diffText(await callModels<DiffAnswer>(place, `/diff?${query}`)));
    });
  by(models.command('shadow').description('try a model pack beside the model that counts'))
    .argument('<pack>', 'a file, or the name of a model that comes with the product')
    .addOption(new Option('--size <band>', 'only for customers of this size').choices([...SIZE_BANDS]))
    .action(async (pack: string, wanted: Wanted & { readonly size?: string }) =>
      say(await tryModel(wanted, pack, wanted)),
    );
  by(models.command('withdraw').description('try a model no more'))
    .argument('<id>', 'of the model')
    .action(async (id: string, wanted: Wanted) => say(await withdrawModel(wanted, id, wanted.by)));
  by(models.command('promote').description('a model that is tried counts from now on'))
    .argument('<id>', 'of the model')
    .action(async (id: string, wanted: Wanted) => say(await promoteModel(wanted, id, wanted.by)));
  by(models.command('rollback').description('the model before the last promotion counts again')).action(
    async (wanted: Wanted) => say(await rollBackModel(wanted, wanted.by)),
  );
}

function at(command: Command): Command {
  return command
    .requiredOption('--tenant <name>', 'of this tenant')
    .option('--url <url>', 'server to ask', 'http://localhost:8080');
}

function by(command: Command): Command {
  return at(command).option('--by <name>', 'who wants it', userInfo().username);
}

function say(text: string): void {
  process.stdout.write(text);
}

function limit(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 1 || value > 500)
    throw new InvalidArgumentError('It must be a whole number from 1 to 500.');
  return value;
}
