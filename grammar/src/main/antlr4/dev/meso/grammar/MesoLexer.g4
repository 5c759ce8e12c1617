// The words and signs of Meso. No Java inside: what needs to look around (which newlines separate, which words are
// units) is decided by dev.meso.language.parse.TokenFilter on the tokens made here.
//
// Some wrong input has tokens on purpose, so that the error can explain the mistake. They stand under "Slips".
lexer grammar MesoLexer;

tokens {
    // A unit after a number, "um/s": the filter makes it from the tokens NAME SLASH NAME.
    UNIT
}

// ---- Space and comments: hidden, kept for the formatter ----

// The first is the byte order mark, the second the no-break space.
WHITESPACE: [\uFEFF\u00A0 \t\f\u000B\u2000-\u200A\u202F\u3000]+ -> channel(HIDDEN);
NEWLINE: '\r'? '\n' | '\r' | [\u0085\u2028\u2029];

// /// the doc comment of the declaration after it
DOC_COMMENT: '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN);
// // to the end of the line
LINE_COMMENT: '//' ~[\r\n]* -> channel(HIDDEN);
// /* over several lines */
BLOCK_COMMENT: COMMENT_START '*'+ '/' -> channel(HIDDEN);
// /* never closed
OPEN_COMMENT: COMMENT_START '*'* -> channel(HIDDEN);
fragment COMMENT_START: '/*' (~'*' | '*'+ ~[*/])*;

// ---- Reserved words ----

LET: 'let';
VAR: 'var';
FN: 'fn';
IF: 'if';
ELSE: 'else';
FOR: 'for';
IN: 'in';
WHILE: 'while';
BREAK: 'break';
CONTINUE: 'continue';
RETURN: 'return';
IMPORT: 'import';
ASSERT: 'assert';
EXPECT: 'expect';
NULL: 'null';
TRUE: 'true';
FALSE: 'false';
NONE: 'none';
AND: 'and';
OR: 'or';
NOT: 'not';

// ---- Words that are special only in their place, and free as names (rule "name" of the parser lists them) ----

MOTIF: 'motif';
MODULE: 'module';
LOSS: 'loss';
MODEL: 'model';
DYNAMICS: 'dynamics';
AS: 'as';
STEP: 'step';
FROM: 'from';
OF: 'of';
ON: 'on';
WHERE: 'where';
WITHIN: 'within';
HOPS: 'hops' | 'hop';
INDUCED: 'induced';
PRESERVE: 'preserve';
EXPECTED: 'expected';
SHUFFLE: 'shuffle';
SAMPLE: 'sample';
ALLOWED: 'allowed';
LAYERS: 'layers';
OPTIONAL: 'optional';
TERM: 'term';
STATE: 'state';
INPUT: 'input';
SPIKE: 'spike';
WHEN: 'when';
AFTER: 'after';
REFRACTORY: 'refractory';

// ---- Names and numbers ----

// axon_len, Δt, Zellgröße
NAME: LETTER CHARACTER*;
// v' in an equation of a dynamics
PRIMED: LETTER CHARACTER* '\'';
// Wider than the letters of Unicode, whose exact sets (\p{L} ...) take 0.1 s to load; the filter refuses what is no letter.
fragment LETTER:
    [A-Za-z_\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2071\u207F-\u209C\u20D0-\u218F\u2C00-\u2DFF\u3005-\uD7FF\uF900-\uFEFE\uFF10-\uFFDC\u{10000}-\u{10FFFF}]
    ;
fragment CHARACTER: LETTER | [0-9];

// 42, 1_000_000
INTEGER: DIGITS;
// 0.5, 1e-3
DOUBLE: DIGITS '.' DIGITS EXPONENT? | DIGITS EXPONENT;
fragment DIGITS: [0-9]+ ('_' [0-9]+)*;
fragment EXPONENT: [eE] [+-]? DIGITS;

// ---- Signs ----

PLUS_MINUS: '+-' | '±';
PLUS_ASSIGN: '+=';
MINUS_ASSIGN: '-=';
STAR_ASSIGN: '*=';
SLASH_ASSIGN: '/=';
PERCENT_ASSIGN: '%=';
POWER_ASSIGN: '^=';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
POWER: '^';
EQUAL: '==';
NOT_EQUAL: '!=';
LESS_OR_EQUAL: '<=';
GREATER_OR_EQUAL: '>=';
LESS: '<';
GREATER: '>';
ASSIGN: '=';
FAT_ARROW: '=>';
ARROW_TO: '->';
ARROW_FROM: '<-';
ARROW_MUTUAL: '<->';
ARROW_ABSENT: '!>';
PIPE: '|>';
DOT_DOT: '..';
DOT: '.';
COMMA: ',';
COLON: ':';
SEMICOLON: ';';
LPAREN: '(';
RPAREN: ')';
LBRACKET: '[';
RBRACKET: ']';
// A brace returns to where it came from: the program or, for an interpolation, the string.
LBRACE: '{' -> pushMode(DEFAULT_MODE);
RBRACE: '}' -> popMode;

TEXT_OPEN: '"' -> pushMode(TEXT);
BLOCK_TEXT_OPEN: '"""' -> pushMode(BLOCK_TEXT);

// ---- Slips ----

// 3x, 2nd: a name cannot start with a digit; 20um is split into number and unit by the filter
DIGIT_NAME: DIGITS LETTER CHARACTER*;
// 'single quotes'
QUOTED: '\'' ~['\r\n]* '\'';
// && and ||, !x, **, ===
DOUBLE_AMPERSAND: '&&' | '&';
DOUBLE_BAR: '||' | '|';
BANG: '!';
DOUBLE_STAR: '**';
SLIPPED_EQUAL: '===' | '!==' | '<>' | '=<' | '≤' | '≥' | '≠';
// x++
DOUBLE_PLUS: '++';
COLON_ASSIGN: ':=';
// a → b, a --> b, a ~> b
SLIPPED_ARROW: '→' | '←' | '↔' | '⟶' | '⇒' | '⇄' | '-->' | '<--' | '<-->' | '~>' | '!->' | '-/->' | '–>' | '—>';
// # a comment of another language
HASH_COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
STRAY: .;

// ---- "text with {expression} and \n" ----

mode TEXT;
TEXT_CLOSE: '"' -> popMode;
TEXT_ESCAPE: '\\' ~[\r\n];
TEXT_INTERPOLATION: '{' -> type(INTERPOLATION_OPEN), pushMode(DEFAULT_MODE);
TEXT_CHARACTERS: ~["\\{\r\n]+;
TEXT_LONE_BACKSLASH: '\\' -> type(TEXT_CHARACTERS);
// The string was not closed on its line.
TEXT_NEWLINE: ('\r'? '\n' | '\r') -> type(NEWLINE), popMode;

// ---- """ text over several lines """ ----

mode BLOCK_TEXT;
BLOCK_TEXT_CLOSE: '"""' -> popMode;
BLOCK_TEXT_ESCAPE: '\\' . -> type(TEXT_ESCAPE);
INTERPOLATION_OPEN: '{' -> pushMode(DEFAULT_MODE);
BLOCK_TEXT_CHARACTERS: ~["\\{]+ -> type(TEXT_CHARACTERS);
BLOCK_TEXT_QUOTE: ["\\] -> type(TEXT_CHARACTERS);
