import type { Endpoint } from '../model/claude.ts';
import type { Prompt } from '../model/request.ts';
import type { MessageBody } from './anthropic.ts';
import { withoutToolBlocks } from './parameters.ts';
import type { Parameter } from './parameters.ts';

/**
 * The body, with the conversation last: whatever precedes it is the same in every request of an incident. `leftOut` are
 * the parts that this endpoint was found not to take.
 */
export function requestBody(endpoint: Endpoint, prompt: Prompt, leftOut: readonly Parameter[] = []): MessageBody {
  const takes = (parameter: Parameter): boolean => !leftOut.includes(parameter);
  const marker = takes('cacheMarkers') ? { cache_control: { type: 'ephemeral' } as const } : {};
  return {
    model: endpoint.model,
    max_tokens: endpoint.maxTokens,
    stream: true,
    // Marks the last block of each request as the end of the cached prefix, without a marker that moves in the messages.
    ...marker,
    ...(endpoint.effort !== undefined && takes('effort') ? { output_config: { effort: endpoint.effort } } : {}),
    system: takes('systemBlocks') ? [{ type: 'text', text: prompt.system, ...marker }] : prompt.system,
    ...(takes('tools') ? { tools: prompt.tools.map((tool) => ({ ...tool })) } : {}),
    messages: (takes('tools') ? prompt.messages : withoutToolBlocks(prompt.messages)).map(({ role, content }) => ({
      role,
      content: content.map((block) => ({ ...block })),
    })),
  };
}
