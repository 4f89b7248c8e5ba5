import { channelContract } from '../../contracts/channel-contract.ts';
import { telegramPlatform } from './harness.ts';

channelContract('telegram by polling', () => telegramPlatform('polling'));
channelContract('telegram by webhook', () => telegramPlatform('webhook'));
