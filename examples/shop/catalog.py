"""Product search and the shopping assistant."""

import logging
from math import log

import tiktoken

logger = logging.getLogger(__name__)

PROMPT_TOKEN_LIMIT = 6000
SYSTEM_PROMPT = "You help customers of an outdoor shop to choose a product. Answer in two sentences."


def rank(tokens: list[str], descriptions: dict[str, str]) -> list[str]:
    """Order article numbers by how well their description matches the search tokens."""
    scores: dict[str, float] = {}
    for token in tokens:
        hits = [sku for sku, words in descriptions.items() if token in words.lower()]
        for sku in hits:
            scores[sku] = scores.get(sku, 0.0) + log(len(descriptions) / len(hits)) * log(1 + len(token))
    logger.debug("search with %d tokens, %d articles match", len(tokens), len(scores))
    return sorted(scores, key=scores.__getitem__, reverse=True)


def ask_assistant(client, question: str, context: list[str]) -> str:
    """Answer a customer's question from product descriptions."""
    encoder = tiktoken.get_encoding("cl100k_base")
    prompt = "\n".join([*context, question])
    prompt_tokens = len(encoder.encode(prompt))
    logger.info("assistant prompt: %d tokens of %d", prompt_tokens, PROMPT_TOKEN_LIMIT)
    messages = [{"role": "system", "content": SYSTEM_PROMPT}, {"role": "user", "content": prompt}]
    reply = client.chat.completions.create(model="small", max_tokens=200, messages=messages)
    logger.info("assistant done, completion_tokens=%d", reply.usage.completion_tokens)
    return reply.choices[0].message.content
