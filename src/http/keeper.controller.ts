import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Keeper } from '../app/keeper.js';
import { IsPart, Optional } from '../kernel/fields.js';
import { IsFlag, IsOneOf, IsText } from '../kernel/kinds.js';
import { read } from '../kernel/read.js';

import { utcCalendar } from '../kernel/instant.js';
import { Roles } from './access.js';

const asked = { public: 'asked by a node, not stored' };

class KeysAsked {
  @IsText(200, { ...asked, list: true, max: 1_000 }) ids!: string[];
  @Optional() @IsFlag() create?: boolean;
}

class PersonAsked {
  @IsOneOf(['contact', 'member']) kind!: 'contact' | 'member';
  @IsText(200, asked) source!: string;
  @IsText(2_000, asked) key!: string;
}

class PersonsAsked {
  @IsPart(() => PersonAsked, { list: true, max: 1_000 }) foreign!: PersonAsked[];
}

/** What the keeper of the keys tells the other nodes of its cluster; closed to everybody else. */
@Controller('v1/keys')
@Roles('node')
export class KeeperController {
  constructor(private readonly keeper: Keeper) {}

  @Post('find')
  @HttpCode(200)
  find(@Body() body: unknown): Promise<object> {
    return this.keeper.find(read(KeysAsked, body, utcCalendar));
  }

  @Post('persons')
  @HttpCode(200)
  persons(@Body() body: unknown): Promise<object> {
    return this.keeper.persons(read(PersonsAsked, body, utcCalendar).foreign);
  }

  @Post('known')
  @HttpCode(200)
  async known(@Body() body: unknown): Promise<object> {
    const { kind, source, key } = read(PersonAsked, body, utcCalendar);
    const id = await this.keeper.known(kind, source, key);
    return id === undefined ? {} : { id };
  }

  @Post('blind-index')
  @HttpCode(200)
  async blindIndex(@Body() body: unknown): Promise<object> {
    const { kind, source, key } = read(PersonAsked, body, utcCalendar);
    return { index: await this.keeper.blindIndex(kind, source, key) };
  }
}
