using System.Reflection;
using ArchLoader = ArchUnitNET.Loader.ArchLoader;
using LoadedTypes = ArchUnitNET.Domain.Architecture;

namespace FundingFlow.Tests.Architecture;

/// <summary>Assemblies that rules are held against, read once.</summary>
internal sealed class CodeBase(params Assembly[] assemblies)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public LoadedTypes Architecture { get; } = new ArchLoader().LoadAssemblies(assemblies).Build();

    /// <summary>Who catches what: ArchUnitNET reads each instruction, but not the clauses that stand beside them.</summary>
    public IReadOnlyList<(Type Who, Type Caught)> Catches { get; } =
    [
        .. from type in assemblies.SelectMany(assembly => assembly.GetTypes())
           from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
           from clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? []
           where clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is not null
           select (Outermost(type), clause.CatchType),
    ];

    // Asynchronous methods, iterators and lambdas are nested types of the one that a person wrote.
    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
