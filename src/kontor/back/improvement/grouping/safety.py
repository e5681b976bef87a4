"""Words that speak of danger to people: they set a first guess of the harm, which a person confirms."""

import re

# Stems of German and English; brakes are named because a bicycle without them is an accident waiting.
_DANGER = re.compile(
    r"\b(?:unfall|unfäll|sturz|stürz|gestürzt|verletz|blut(?:et|ig|ung)|krankenhaus|notaufnahme|arzt|knochen|gehirnerschütter"
    r"|lebensgefähr|gefährlich|brand(?:gefahr|geruch)|feuer|brennt|gebrannt|rauch(?:t|entwicklung)|explodier|stromschlag|vergift"
    r"|brems\w*\W+(?:\w+\W+){0,4}?(?:versag|ausgefallen|defekt|wirkungslos|gerissen|nicht|ohne)|bremsversag"
    r"|(?:versag|defekt|keine)\w*\W+(?:\w+\W+){0,3}?brems|bremshebel\W+(?:\w+\W+){0,6}?(?:lenker|griff|leere|durch\w*zieh)"
    r"|accident|crash(?:ed)?\b|injur|hurt|bleed|hospital|broken bone|concussion|dangerous"
    r"|fire\b|burn(?:s|t|ed|ing)?\b|smok(?:e|ing)"
    r"|explod|electric shock|poison|brakes?\W+(?:\w+\W+){0,4}?(?:fail|broke|not|no\b|doesn't|don't)|no brakes?\b"
    r"|brake levers?\W+(?:\w+\W+){0,6}?(?:handlebar|grips?\b)|fell off|threw me)",
    re.IGNORECASE,
)


def is_dangerous(words: str) -> bool:
    """Whether a message speaks of danger to people."""
    return _DANGER.search(words) is not None
