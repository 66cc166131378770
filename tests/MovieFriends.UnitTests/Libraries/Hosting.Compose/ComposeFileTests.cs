using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ComposeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder = Application("--publisher", "manifest");

    private static IDistributedApplicationBuilder Application(params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Services_start_in_the_order_of_the_model_with_their_volumes_addresses_and_secrets()
    {
        var db = _builder.AddContainer("db", "postgres", "18").WithEndpoint(targetPort: 5432, name: "tcp").WithVolume("db-data", "/data")
            .WithEnvironment("PASSWORD", _builder.AddParameter("db-password", secret: true));
        var migration = _builder.AddContainer("migration", "migrate", "1").WithEntrypoint("run").WithArgs("--all", "$HOME").WaitFor(db);
        _builder.AddContainer("web", "nginx", "1").WithHttpEndpoint(targetPort: 80).WithEnvironment("DB", $"{db.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}")
            .WaitForCompletion(migration);
        _builder.AddContainer("report", "report", "1").WithExplicitStart();
        _builder.AddContainer("local", "local").ExcludeFromManifest();
        var (file, _) = await WriteAsync();
        Assert.Equal(
            """
            services:
              db:
                image: postgres:18
                environment:
                  PASSWORD: ${DB_PASSWORD:?}
                volumes:
                  - db-data:/data
                healthcheck:
                  test:
                    - CMD
                    - bash
                    - -c
                    - </dev/tcp/127.0.0.1/5432
                  interval: 3s
                  timeout: 5s
                  retries: 60
                restart: unless-stopped
                stop_grace_period: 60s
              migration:
                image: migrate:1
                entrypoint:
                  - run
                command:
                  - --all
                  - $$HOME
                depends_on:
                  db:
                    condition: service_healthy
                restart: on-failure
                stop_grace_period: 60s
              web:
                image: nginx:1
                environment:
                  DB: db:5432
                ports:
                  - 127.0.0.1::80
                healthcheck:
                  test:
                    - CMD
                    - bash
                    - -c
                    - </dev/tcp/127.0.0.1/80
                  interval: 3s
                  timeout: 5s
                  retries: 60
                depends_on:
                  migration:
                    condition: service_completed_successfully
                restart: unless-stopped
                stop_grace_period: 60s
              report:
                image: report:1
                profiles:
                  - by-hand
                stop_grace_period: 60s
            volumes:
              db-data: {}

            """,
            string.Join('\n', file.Split('\n').Skip(1)));
    }

    [Fact]
    public async Task Variables_have_the_defaults_of_parameters_and_secrets_have_none()
    {
        _builder.AddContainer("app", "app")
            .WithEnvironment("GREETING", _builder.AddParameter("greeting", "it's $5", publishValueAsDefault: true))
            .WithEnvironment("RATE", $"{_builder.AddParameter("rate", "50", publishValueAsDefault: true)}/s")
            .WithEnvironment("LOGIN", _builder.AddParameter("a-password", secret: true));
        var (file, variables) = await WriteAsync();
        Assert.Equal(
            """
            # Passwords are in it: keep it to yourself, and keep it as long as the volumes.
            IMAGES=example
            TAG=latest
            A_PASSWORD=
            GREETING='it\'s $5'
            RATE=50

            """,
            variables);
        Assert.Contains("RATE: ${RATE:?}/s", file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, ".env")));
    }

    [Fact]
    public async Task What_completes_the_model_before_the_start_counts()
    {
        var app = _builder.AddContainer("app", "app");
        _builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            app.WithEnvironment("LATE", "yes");
            return Task.CompletedTask;
        });
        Assert.Contains("LATE: yes", (await WriteAsync()).File, StringComparison.Ordinal);
    }

    public static TheoryData<Action<IResourceBuilder<ContainerResource>>, string> Unwritable() => new()
    {
        { container => container.WithBindMount("/etc", "/settings"), "app: '/settings' is a folder of this machine, which may not be there where the Compose file is used. Use a volume." },
        { container => container.WithEnvironment(context => context.EnvironmentVariables["WHEN"] = new object()), "app: A Compose file cannot have a value of type Object." },
        {
            container => container.WithEnvironment("URL", ReferenceExpression.Create($"http://{new ParameterResource("password", _ => "", secret: true):uri}@db")),
            "app: A Compose file cannot have 'http://{password.value}@db' in another form: it puts in variables as they are."
        },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public async Task What_Compose_cannot_have_is_refused_in_one_line(Action<IResourceBuilder<ContainerResource>> model, string message)
    {
        model(_builder.AddContainer("app", "image"));
        Assert.Equal(message, (await Assert.ThrowsAsync<ConfigurationException>(() => WriteAsync())).Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_named()
    {
        var path = Path.Combine(_folder.File("file"), "folder");
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => WriteAsync(path));
        Assert.StartsWith($"{Path.Combine(path, "docker-compose.yaml")} cannot be written (", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_would_run_here_is_not_written()
    {
        using var application = Application().Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => application.WriteComposeFileAsync(_folder.Path, "example", TestContext.Current.CancellationToken));
    }

    private async Task<(string File, string Variables)> WriteAsync(string? folder = null)
    {
        folder ??= _folder.Path;
        using var application = _builder.Build();
        await application.WriteComposeFileAsync(folder, "example", TestContext.Current.CancellationToken);
        return (await ReadAsync("docker-compose.yaml"), await ReadAsync(".env"));

        Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(folder, name), TestContext.Current.CancellationToken);
    }
}
