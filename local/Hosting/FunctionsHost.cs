using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Local.Hosting;

/// <summary>The functions of an assembly, served by Kestrel, queue listeners and timers in one process.</summary>
public static class FunctionsHost
{
    /// <summary>The functions of the app, each of them served; a function that cannot be throws here.</summary>
    public static FunctionCatalog Catalog { get; } = FunctionCatalog.Of(FunctionsAssembly);

    public static Assembly FunctionsAssembly => typeof(Functions.Composition).Assembly;

    /// <summary>Registers queue listeners and timers, which start and stop with the application.</summary>
    public static IServiceCollection AddFunctions(this IServiceCollection services, FunctionCatalog catalog, QueueFunctionsOptions queues)
    {
        services.AddSingleton(catalog);
        services.AddSingleton(queues);
        services.AddHostedService<QueueFunctions>();
        services.AddHostedService(provider => new TimerFunctions(
            catalog,
            provider,
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TimerFunctions>>()));
        return services;
    }

    /// <summary>Maps the HTTP functions of the catalogue that <see cref="AddFunctions"/> was given; what else is asked for is a problem.</summary>
    public static WebApplication UseFunctions(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseProblems();
        app.MapHttpFunctions(app.Services.GetRequiredService<FunctionCatalog>());
        return app;
    }
}
