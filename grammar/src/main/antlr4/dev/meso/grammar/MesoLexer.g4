lexer grammar MesoLexer;
ID: [a-z]+;
WS: [ \t\r\n]+ -> channel(HIDDEN);
