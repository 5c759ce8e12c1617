package dev.meso.language.nodes;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.source.Source;
import dev.meso.language.MesoLanguage;
import dev.meso.language.ast.Span;
import dev.meso.language.diagnostic.SourceText;
import dev.meso.language.typed.Code;
import dev.meso.language.typed.FunctionCode;
import dev.meso.language.typed.Variable;
import dev.meso.language.value.BuiltinValue;
import dev.meso.language.value.NoneValue;
import dev.meso.language.value.RecordShape;
import java.util.List;

/** Builds the nodes of a checked program or function. */
public final class NodeBuilder {
    private final MesoLanguage language;
    private final Source source;
    private final SourceText text;
    private final FunctionCode code;
    private final FrameDescriptor.Builder frame = FrameDescriptor.newBuilder();

    private NodeBuilder(MesoLanguage language, Source source, SourceText text, FunctionCode code) {
        this.language = language;
        this.source = source;
        this.text = text;
        this.code = code;
        frame.addSlots(code.frameSize(), FrameSlotKind.Illegal);
    }

    /** The call target of a program or function. */
    public static RootCallTarget build(MesoLanguage language, Source source, SourceText text, FunctionCode code) {
        if (!code.parameters().isEmpty()) {
            StackRehearsal.once();
        }
        return new NodeBuilder(language, source, text, code).root().getCallTarget();
    }

    private MesoRootNode root() {
        List<FunctionCode.ParameterCode> parameters = code.parameters();
        MesoNode[] prologue = new MesoNode[parameters.size()];
        for (int i = 0; i < prologue.length; i++) {
            FunctionCode.ParameterCode parameter = parameters.get(i);
            MesoNode otherwise = parameter.defaultValue() == null ? null : node(parameter.defaultValue());
            MesoNode argument = at(parameter.span(), new ArgumentNode(i, otherwise));
            prologue[i] = at(parameter.span(), define(parameter.variable(), argument));
        }
        MesoNode body = node(code.body());
        return new MesoRootNode(language, frame.build(), code, source, text, prologue, body);
    }

    private static <T extends MesoNode> T at(Span span, T node) {
        node.at(span);
        return node;
    }

    private MesoNode node(Code c) {
        return at(c.span(), make(c));
    }

    private MesoNode nodeOrNull(Code c) {
        return c == null ? null : node(c);
    }

    private MesoNode[] nodes(List<? extends Code> codes) {
        MesoNode[] nodes = new MesoNode[codes.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = nodeOrNull(codes.get(i));
        }
        return nodes;
    }

    private MesoNode make(Code c) {
        return switch (c) {
            case Code.Constant k -> constant(k.value());
            case Code.Text t -> text(t);
            case Code.ListOf l -> new ListNode(nodes(l.items()));
            case Code.RecordOf r ->
                new RecordNode(new RecordShape(r.names().toArray(new String[0])), nodes(r.values()));
            case Code.RangeOf r ->
                RangeNodeGen.create(node(r.from()), node(r.to()), r.step() == null ? constant(1L) : node(r.step()));
            case Code.Read r -> read(r.variable());
            case Code.Write w ->
                w.definition() ? define(w.variable(), node(w.value())) : assign(w.variable(), node(w.value()));
            case Code.Fresh f ->
                new FreshCellsNode(
                        f.variables().stream().mapToInt(Variable::slot).toArray());
            case Code.ReadBuiltin r ->
                r.builtin().constant()
                        ? new BuiltinConstantNode(r.builtin())
                        : new ConstantNode(new BuiltinValue(r.builtin()));
            case Code.ReadLibrary r -> new LibraryNode(r.module(), r.name());
            case Code.Negate n -> NegateNodeGen.create(node(n.operand()));
            case Code.Not n -> new NotNode(node(n.operand()));
            case Code.Binary b -> binary(b).sign(b.operatorSpan());
            case Code.Comparison k -> comparison(k);
            case Code.And a -> new AndNode(node(a.left()), node(a.right()));
            case Code.Or o -> new OrNode(node(o.left()), node(o.right()));
            case Code.If i -> new IfNode(node(i.condition()), node(i.then()), nodeOrNull(i.otherwise()));
            case Code.Sequence s ->
                s.items().isEmpty()
                        ? constant(NoneValue.NONE)
                        : s.items().size() == 1 ? node(s.items().get(0)) : new SequenceNode(nodes(s.items()));
            case Code.For f -> loop(f);
            case Code.While w -> new WhileNode(node(w.condition()), node(w.body()));
            case Code.Break b -> new BreakNode();
            case Code.Continue k -> new ContinueNode();
            case Code.Return r -> new ReturnNode(nodeOrNull(r.value()));
            case Code.Closure k -> closure(k);
            case Code.Call k -> call(k);
            case Code.Member m -> MemberNodeGen.create(node(m.target()), m.name(), m.nameSpan());
            case Code.Index i -> IndexNodeGen.create(node(i.target()), node(i.index()));
            case Code.Slice s ->
                SliceNodeGen.create(
                        node(s.target()),
                        s.from() == null ? constant(NoneValue.NONE) : node(s.from()),
                        s.to() == null ? constant(NoneValue.NONE) : node(s.to()));
            case Code.Assert a -> new AssertNode(node(a.condition()), nodeOrNull(a.message()));
            case Code.Expect e ->
                new ExpectNode(
                        node(e.left()),
                        e.operator(),
                        nodeOrNull(e.right()),
                        nodeOrNull(e.tolerance()),
                        nodeOrNull(e.source()));
            case Code.Import i -> new ImportNode(i.location(), i.library());
            case Code.NullModel n -> nullModel(n);
            case Code.Motif m -> motif(m);
            case Code.Declared d -> new DeclaredNode(d.declaration(), node(d.body()));
            case Code.Other o -> new OtherNode(o.declaration());
        };
    }

    private static MesoNode constant(Object value) {
        return switch (value) {
            case Long v -> new LongConstantNode(v);
            case Double v -> new DoubleConstantNode(v);
            case Boolean v -> new BooleanConstantNode(v);
            default -> new ConstantNode(value);
        };
    }

    private MesoNode text(Code.Text t) {
        MesoNode[] values = new MesoNode[t.pieces().size()];
        String[] formats = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            Code.Piece piece = t.pieces().get(i);
            values[i] = piece.value() == null ? at(t.span(), constant(piece.literal())) : node(piece.value());
            formats[i] = piece.format();
        }
        return new TextNode(values, formats);
    }

    private BinaryNode binary(Code.Binary b) {
        MesoNode left = node(b.left());
        MesoNode right = node(b.right());
        return switch (b.operator()) {
            case ADD -> AddNodeGen.create(left, right);
            case SUBTRACT -> SubtractNodeGen.create(left, right);
            case MULTIPLY -> MultiplyNodeGen.create(left, right);
            case DIVIDE -> DivideNodeGen.create(left, right);
            case REMAINDER -> RemainderNodeGen.create(left, right);
            case POWER -> PowerNodeGen.create(left, right);
        };
    }

    private MesoNode comparison(Code.Comparison c) {
        if (c.operators().size() == 1) {
            return CompareNode.create(
                    c.operators().get(0),
                    node(c.operands().get(0)),
                    node(c.operands().get(1)));
        }
        CompareNode[] links = new CompareNode[c.operators().size()];
        for (int i = 0; i < links.length; i++) {
            Span span = c.operands().get(i).span().to(c.operands().get(i + 1).span());
            links[i] = at(span, CompareNode.create(c.operators().get(i), null, null));
        }
        return new ChainNode(nodes(c.operands()), links);
    }

    private MesoNode loop(Code.For f) {
        int state = frame.addSlots(2, FrameSlotKind.Long);
        frame.addSlot(FrameSlotKind.Object, null, null);
        MesoNode element = at(f.span(), ElementNodeGen.create(state));
        MesoNode define = at(f.span(), define(f.variable(), element));
        return new ForNode(state, node(f.iterable()), define, node(f.body()));
    }

    private MesoNode call(Code.Call c) {
        int positional = c.positional().size();
        MesoNode[] arguments = new MesoNode[positional + c.named().size()];
        String[] names = new String[c.named().size()];
        for (int i = 0; i < positional; i++) {
            arguments[i] = node(c.positional().get(i));
        }
        for (int i = 0; i < names.length; i++) {
            arguments[positional + i] = node(c.named().get(i).value());
            names[i] = c.named().get(i).name();
        }
        return new CallNode(node(c.callee()), arguments, names);
    }

    // ---- variables ----------------------------------------------------------------------------------------------

    private MesoNode read(Variable variable) {
        MesoNode cell = cell(variable);
        return cell == null
                ? ReadLocalNodeGen.create(variable.slot(), variable.name())
                : new ReadCellNode(cell, variable.name());
    }

    private MesoNode assign(Variable variable, MesoNode value) {
        MesoNode cell = cell(variable);
        return cell == null ? WriteLocalNodeGen.create(value, variable.slot()) : new WriteCellNode(cell, value);
    }

    private MesoNode define(Variable variable, MesoNode value) {
        if (variable.home() == Variable.Home.LOCAL
                && variable.captured()
                && !code.captures().contains(variable)) {
            return new DefineCellNode(variable.slot(), value);
        }
        return assign(variable, value);
    }

    /** Gives the cell of a variable that lives in one; null where it lives in a slot. */
    private MesoNode cell(Variable variable) {
        if (variable.home() == Variable.Home.MODULE) {
            return new ConstantNode(variable.cell());
        }
        int captured = code.captures().indexOf(variable);
        if (captured >= 0) {
            return new CapturedCellNode(captured);
        }
        return variable.captured() ? new LocalCellNode(variable.slot()) : null;
    }

    private MesoNode closure(Code.Closure c) {
        FunctionCode function = c.function();
        MesoNode[] cells = new MesoNode[function.captures().size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(function.captures().get(i));
        }
        return new ClosureNode(build(language, source, text, function), function, cells);
    }

    // ---- declarations -------------------------------------------------------------------------------------------

    private MesoNode nullModel(Code.NullModel n) {
        String[] names = new String[n.options().size()];
        MesoNode[] values = new MesoNode[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = n.options().get(i).name();
            values[i] = node(n.options().get(i).value());
        }
        return new NullModelNode(n.declaration(), new RecordShape(names), values);
    }

    private MesoNode motif(Code.Motif m) {
        MesoNode[] predicates = new MesoNode[m.edges().size()];
        MesoNode[] hops = new MesoNode[predicates.length];
        for (int i = 0; i < predicates.length; i++) {
            predicates[i] = nodeOrNull(m.edges().get(i).predicate());
            hops[i] = nodeOrNull(m.edges().get(i).hops());
        }
        MesoNode[] conditions = new MesoNode[m.where().size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = node(m.where().get(i).function());
        }
        return new MotifNode(m, predicates, hops, conditions, nodes(m.arguments()));
    }
}
