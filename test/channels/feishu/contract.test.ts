import { channelContract } from '../../contracts/channel-contract.ts';
import { feishuPlatform } from './platform.ts';

channelContract('feishu over the long connection', () => feishuPlatform('stream'));
channelContract('feishu over the webhook', () => feishuPlatform('webhook'));
