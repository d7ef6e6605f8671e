using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Local.Hosting;

/// <summary>Calls a function as the worker does: a scope of its own, a fresh instance, its exceptions as they were thrown.</summary>
internal static class FunctionInvoker
{
    public static async Task<object?> InvokeAsync(
        IServiceProvider services, FunctionDescriptor function, Func<ParameterInfo, object?> bind)
    {
        await using var scope = services.CreateAsyncScope();
        return await InvokeInScopeAsync(scope.ServiceProvider, function, bind);
    }

    public static async Task<object?> InvokeInScopeAsync(
        IServiceProvider scope, FunctionDescriptor function, Func<ParameterInfo, object?> bind)
    {
        var method = function.Method;
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope, method.DeclaringType!);
        var arguments = method.GetParameters().Select(bind).ToArray();
        try
        {
            var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return await AwaitAsync(returned);
        }
        finally
        {
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else if (instance is IDisposable disposable)
                disposable.Dispose();
        }
    }

    /// <summary>What a method yields once awaited: <c>void</c> for Task and ValueTask.</summary>
    public static Type ResultType(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
            return typeof(void);
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    private static async Task<object?> AwaitAsync(object? returned)
    {
        if (returned is null)
            return null;
        var type = returned.GetType();
        if (returned is ValueTask plain)
        {
            await plain;
            return null;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            returned = type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null)!;
        if (returned is not Task task)
            return returned;
        await task;
        // An async Task method hands out a Task<VoidTaskResult>, whose Result is nobody's business.
        var result = task.GetType().GetProperty(nameof(Task<>.Result));
        return result is null || !result.PropertyType.IsVisible ? null : result.GetValue(task);
    }
}
