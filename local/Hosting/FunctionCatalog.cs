using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace FundingFlow.Local.Hosting;

/// <summary>Every function of an assembly, sorted by name, each checked to be one that this host can serve.</summary>
public sealed class FunctionCatalog
{
    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> functions) => Functions = functions;

    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    public IEnumerable<FunctionDescriptor> Of(TriggerKind kind) => Functions.Where(function => function.Kind == kind);

    public static FunctionCatalog Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Of(assembly.GetTypes());
    }

    /// <exception cref="UnservableFunctionException">A function that no part of this host can serve.</exception>
    public static FunctionCatalog Of(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(Describe)
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToArray();

        var twice = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new UnservableFunctionException(twice.Key, "two methods carry this name");

        foreach (var function in functions)
            CheckSignature(function);
        return new FunctionCatalog(functions);
    }

    private static FunctionDescriptor Describe(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var triggers = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes().OfType<TriggerBindingAttribute>()
                .Select(trigger => new FunctionDescriptor(name, method, trigger, parameter)))
            .ToArray();
        return triggers.Length == 1
            ? triggers[0]
            : throw new UnservableFunctionException(name, $"it has {triggers.Length} triggers where one is needed");
    }

    private static void CheckSignature(FunctionDescriptor function)
    {
        Action<FunctionDescriptor> check = function.Kind switch
        {
            TriggerKind.Http => HttpFunctions.Check,
            TriggerKind.Queue => QueueFunctions.Check,
            TriggerKind.Timer => TimerFunctions.Check,
            _ => throw new UnservableFunctionException(function.Name, "no part of this host serves its trigger"),
        };
        check(function);
        if (function.Method.ReturnParameter.GetCustomAttributes().OfType<OutputBindingAttribute>().Any()
            || function.Method.GetCustomAttributes().OfType<OutputBindingAttribute>().Any())
        {
            throw new UnservableFunctionException(function.Name, "it uses an output binding; await the client instead");
        }
    }
}
