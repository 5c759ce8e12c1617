// The grammar of Meso, without Java. Labels name what the syntax tree builder makes; the line above each rule is a piece
// of Meso it matches.
//
// Newlines: dev.meso.language.parse.TokenFilter hides those that do not separate (after an operator, inside round
// or square brackets, next to a brace, ...), so that here a NEWLINE always separates, and at most one stands between two items.
//
// "Slips" are wrong on purpose: the builder refuses them with a sentence that explains the mistake.
parser grammar MesoParser;

options {
    tokenVocab = MesoLexer;
}

// let n = 10; print(n)
program: statements EOF;

// let a = 1; a + 2
statements: (items += statement (separator items += statement)*)?;

// ;
separator: NEWLINE | SEMICOLON;

// ---- Statements --------------------------------------------------------------------------------------------

// let n = 10
statement
    : LET target = name ASSIGN value = expression # letStatement
    // var k = 0
    | VAR target = name ASSIGN value = expression # varStatement
    // fn area(r, scale = 1.0) { return pi * r^2 * scale }
    | FN target = name formals = parameters body = functionBody # functionStatement
    // for c in g.neurons { print(c.name) }
    | FOR target = name IN iterable = expression body = block # forStatement
    // while k < 10 { k += 1 }
    | WHILE test = condition body = block # whileStatement
    // break
    | BREAK # breakStatement
    // continue
    | CONTINUE # continueStatement
    // return a * scale
    | RETURN value = expression? # returnStatement
    // import "motifs/feedback.meso" as fb
    | IMPORT source = importSource (AS alias = name)? # importStatement
    // assert abs(x - 1.0) < 1e-6, "message"
    | ASSERT test = condition (COMMA message = expression)? # assertStatement
    // expect reciprocity(g) == 0.13838 +- 1e-5 from "Lin et al. 2024"
    | EXPECT test = condition (PLUS_MINUS tolerance = expression)? (FROM source = expression)? # expectStatement
    // motif mutual { a <-> b }
    | declaration # declareStatement
    // k = k + 1, or an expression alone, or (Slip) k++
    | target = expression (operator = assignment value = expression | slip = DOUBLE_PLUS)? # expressionStatement
    ;

// +=
assignment
    : ASSIGN
    | PLUS_ASSIGN
    | MINUS_ASSIGN
    | STAR_ASSIGN
    | SLASH_ASSIGN
    | PERCENT_ASSIGN
    | POWER_ASSIGN
    // Slip: x := 1
    | COLON_ASSIGN
    ;

// = x * x
functionBody
    : ASSIGN value = expression # expressionBody
    // { return x * x }
    | body = block # blockBody
    // Slip: => x * x
    | sign = (FAT_ARROW | ARROW_TO | COLON) (value = expression | block) # arrowBodySlip
    ;

// std.motifs
importSource
    : file = text # importFile
    | first = name (DOT rest += word)* # importModule
    ;

// { let a = 1; a + 2 }
block: LBRACE statements RBRACE;

// n > 3
condition: value = expression (ASSIGN slip = expression)?;

// (r, scale = 1.0)
parameters: LPAREN (items += parameter (COMMA items += parameter)* COMMA?)? RPAREN;

// scale = 1.0
parameter: target = name (ASSIGN initial = expression)?;

// ---- Expressions -------------------------------------------------------------------------------------------

// A lambda reaches as far as it can and is no operand, so that a long body is read without looking back.
// x => x.axon_len > 100
expression
    : formal = name FAT_ARROW body = lambdaBody # lambdaExpression
    // (a, b) => a + b
    | formals = parameters FAT_ARROW body = lambdaBody # lambdaOfManyExpression
    // a + b
    | value = operation # operationExpression
    ;

// From the tightest to the loosest.
// 1
operation
    : primary # primaryExpression
    // g.neurons
    | target = operation DOT member = word # memberExpression
    // f(a, samples: 1000)
    | callee = operation LPAREN arguments? RPAREN # callExpression
    // xs[-1]
    | target = operation LBRACKET index RBRACKET # indexExpression
    // r^2
    | <assoc = right> left = operation operator = (POWER | DOUBLE_STAR) right = operation # powerExpression
    // -x
    | operator = (MINUS | PLUS | BANG) operand = operation # signExpression
    // a * b
    | left = operation operator = (STAR | SLASH | PERCENT) right = operation # multiplyExpression
    // a + b
    | left = operation operator = (PLUS | MINUS) right = operation # addExpression
    // 1..10
    | left = operation DOT_DOT right = operation # rangeExpression
    // 1..10 step 2
    | left = operation STEP right = operation # stepExpression
    // g |> triads() |> print()
    | left = operation PIPE right = operation # pipeExpression
    // 0 < x < 1
    | left = operation operator = comparator right = operation # compareExpression
    // not a
    | NOT operand = operation # notExpression
    // a and b
    | left = operation operator = (AND | DOUBLE_AMPERSAND) right = operation # andExpression
    // a or b
    | left = operation operator = (OR | DOUBLE_BAR) right = operation # orExpression
    ;

// <=
comparator
    : EQUAL
    | NOT_EQUAL
    | LESS
    | LESS_OR_EQUAL
    | GREATER
    | GREATER_OR_EQUAL
    | IN
    | NOT IN
    | SLIPPED_EQUAL
    // Slip: x<-1, which reads as an arrow
    | ARROW_FROM
    ;

// { let y = x; return y }
lambdaBody
    : body = block # lambdaBlock
    | value = expression # lambdaValue
    ;

// 42
primary
    : INTEGER # integerLiteral
    // 0.5
    | DOUBLE # doubleLiteral
    // 1.8 ms
    | number = (INTEGER | DOUBLE) UNIT # quantityLiteral
    // "n = {n}"
    | text # textLiteral
    // true
    | value = (TRUE | FALSE) # booleanLiteral
    // none
    | NONE # noneLiteral
    // worm
    | name # variable
    // (a + b)
    | LPAREN value = expression RPAREN # parenthesized
    // [1, 2, 3,]
    | LBRACKET (items += expression (COMMA items += expression)* COMMA?)? RBRACKET # listLiteral
    // {name: "AVA", n: 2}
    | LBRACE (items += field (fieldSeparator items += field)* COMMA?)? RBRACE # recordLiteral
    // if n > 3 { "big" } else { "small" }
    | IF tests += condition blocks += block (ELSE IF tests += condition blocks += block)* (ELSE otherwise = block)? # ifExpression
    // Slip: 3x
    | DIGIT_NAME # digitNameSlip
    // Slip: 'single quotes'
    | QUOTED # quotedSlip
    ;

// a, samples: 1000
arguments: items += argument (COMMA items += argument)* COMMA?;

// samples: 1000
argument
    : target = word COLON value = expression # namedArgument
    // x, or (Slip) x = 1000
    | value = expression (ASSIGN slip = expression)? # positionalArgument
    ;

// 1..
index
    : value = expression open = DOT_DOT? # expressionIndex
    // ..2
    | DOT_DOT to = expression? # openIndex
    ;

// name: "AVA"
field
    : target = word COLON value = expression # wordField
    // Slip: "name": "AVA"
    | key = text COLON value = expression # textFieldSlip
    ;

// ,
fieldSeparator: COMMA | NEWLINE;

// "n = {n:.3f}"
text
    : TEXT_OPEN textPart* TEXT_CLOSE # lineText
    // """over several lines"""
    | BLOCK_TEXT_OPEN textPart* BLOCK_TEXT_CLOSE # blockText
    ;

// n =
textPart
    : TEXT_CHARACTERS # textCharacters
    // \n
    | TEXT_ESCAPE # textEscape
    // {n:.3f}
    | INTERPOLATION_OPEN value = expression? (COLON textFormat)? RBRACE # textInterpolation
    ;

// .3f
textFormat: ~(RBRACE | LBRACE | NEWLINE)*;

// axon_len: every word that is not reserved
name
    : NAME
    | MOTIF
    | MODULE
    | LOSS
    | MODEL
    | DYNAMICS
    | AS
    | STEP
    | FROM
    | OF
    | ON
    | WHERE
    | WITHIN
    | HOPS
    | INDUCED
    | PRESERVE
    | EXPECTED
    | SHUFFLE
    | SAMPLE
    | ALLOWED
    | LAYERS
    | OPTIONAL
    | TERM
    | STATE
    | INPUT
    | SPIKE
    | WHEN
    | AFTER
    | REFRACTORY
    ;

// in: any word, after a dot or before a colon
word
    : name
    | LET
    | VAR
    | FN
    | IF
    | ELSE
    | FOR
    | IN
    | WHILE
    | BREAK
    | CONTINUE
    | RETURN
    | IMPORT
    | ASSERT
    | EXPECT
    | NULL
    | TRUE
    | FALSE
    | NONE
    | AND
    | OR
    | NOT
    ;

// ---- Declarations -----------------------------------------------------------------------------------------

// null CFG { preserve degrees }
declaration
    : NULL target = name LBRACE (items += nullClause (separator items += nullClause)*)? RBRACE # nullModel
    // motif chain(k) { a -> b within k hops }
    | MOTIF target = name formals = parameters? INDUCED? LBRACE (items += motifClause (separator items += motifClause)*)? RBRACE # motif
    // module Column { domain sphere(diameter: 40 um) }
    | MODULE target = name LBRACE (items += moduleClause (separator items += moduleClause)*)? RBRACE # module
    // loss Explain { term predict = mean((next - predicted)^2) }
    | LOSS target = name LBRACE (items += lossTerm (separator items += lossTerm)*)? RBRACE # loss
    // model Worm { structure worm }
    | MODEL target = name LBRACE (items += modelClause (separator items += modelClause)*)? RBRACE # model
    // dynamics Integrator(w, tau = 100 ms) { state r[neurons] = 0 }
    | DYNAMICS target = name formals = parameters? LBRACE (items += dynamicsClause (separator items += dynamicsClause)*)? RBRACE # dynamics
    ;

// preserve degrees, reciprocal
nullClause
    : PRESERVE items += statistic (COMMA items += statistic)* # preserveClause
    // shuffle weights
    | SHUFFLE what = name # shuffleClause
    // sample switching(per_edge: 100)
    | SAMPLE method = name (LPAREN arguments? RPAREN)? # sampleClause
    // autapses allowed
    | what = name ALLOWED # allowClause
    ;

// expected distance(bins: 10 um)
statistic: EXPECTED? words += name+ (open = LPAREN arguments? RPAREN)?;

// where e.nt == "ACH" and i.nt == "GABA"
motifClause
    : WHERE test = condition # whereClause
    // a -> b -> c
    | first = motifNode link* # pathClause
    ;

// -> b [synapses >= 5] within k hops
link: arrow target = motifNode (predicates += linkPredicate | ranges += linkRange)*;

// [synapses >= 5]
linkPredicate: LBRACKET test = condition RBRACKET;

// within k hops
linkRange: WITHIN hops = expression HOPS;

// <->
arrow
    : ARROW_TO
    | ARROW_FROM
    | ARROW_MUTUAL
    | ARROW_ABSENT
    // Slip: a => b, a → b
    | FAT_ARROW
    | SLIPPED_ARROW
    ;

// a, or (Slip) AVA-L
motifNode: target = name (MINUS (name | INTEGER | DIGIT_NAME))*;

// layers { dense 4..32 step 4 }
moduleClause
    : LAYERS LBRACE (items += layer (separator items += layer)*)? RBRACE # layersClause
    // domain sphere(diameter: 40 um, stride: 20 um)
    | keyword = name value = expression # settingClause
    ;

// skip optional
layer
    : keyword = name OPTIONAL # optionalLayer
    // choose relu, max_pool(2)
    | keyword = name (values += expression (COMMA values += expression)*)? OPTIONAL? # menuLayer
    ;

// term sparse = 1e-2 * sum(abs(mixture))
lossTerm: TERM target = name ASSIGN value = expression;

// basis 4 of Column
modelClause: keyword = name values += expression (COMMA values += expression)* (OF whole = name)?;

// state r[neurons] = 0
dynamicsClause
    : kind = (STATE | INPUT) target = name (LBRACKET over = name RBRACKET)? (ASSIGN initial = expression)? # stateClause
    // let drive = rest - v + s
    | LET target = name ASSIGN value = expression # derivedClause
    // v' = drive / tau
    | target = PRIMED ASSIGN value = expression # equationClause
    // spike when v > threshold { v = rest; refractory 2.2 ms }
    | SPIKE WHEN test = condition LBRACE (items += spikeEffect (separator items += spikeEffect)*)? RBRACE # spikeClause
    // on spike { post.s += weight * 0.275 mV after 1.8 ms }
    | ON SPIKE LBRACE (items += spikeEffect (separator items += spikeEffect)*)? RBRACE # onSpikeClause
    ;

// post.s += weight * 0.275 mV after 1.8 ms
spikeEffect
    : target = expression operator = assignment value = expression (AFTER delay = expression)? # assignEffect
    // refractory 2.2 ms
    | REFRACTORY duration = expression # refractoryEffect
    ;
